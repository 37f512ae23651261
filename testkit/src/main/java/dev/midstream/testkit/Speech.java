package dev.midstream.testkit;

import dev.midstream.testkit.ModelAnswer.Block;
import dev.midstream.testkit.ModelAnswer.ReasoningBlock;
import dev.midstream.testkit.ModelAnswer.TextBlock;
import dev.midstream.testkit.ModelAnswer.ToolBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one reply, and how they end.
 *
 * @param stopSequence the stop string that ended it; null if none did
 */
record Speech(List<Token> tokens, String finishReason, @Nullable String stopSequence) {

    /** A token, and the block that it is of. */
    sealed interface Token {}

    /** A token of text. */
    record TextToken(String text) implements Token {}

    /** A token of reasoning. */
    record ReasoningToken(String text) implements Token {}

    /** The beginning of a tool call, and a token that stands for it. */
    record CallToken(String id, String name) implements Token {}

    /** A token of the arguments of the last tool call. */
    record ArgumentsToken(String text) implements Token {}

    Speech {
        tokens = List.copyOf(tokens);
    }

    /** These words and nothing else. */
    static Speech of(String words, Tokeniser tokeniser) {
        return of(List.of(new TextBlock(words)), tokeniser);
    }

    static Speech of(List<Block> blocks, Tokeniser tokeniser) {
        List<Token> tokens = new ArrayList<>();
        boolean calls = false;
        for (Block block : blocks) {
            switch (block) {
                case TextBlock(String text) ->
                        tokeniser.tokens(text).forEach(t -> tokens.add(new TextToken(t)));
                case ReasoningBlock(String text) ->
                        tokeniser.tokens(text).forEach(t -> tokens.add(new ReasoningToken(t)));
                case ToolBlock(String id, String name, String arguments) -> {
                    calls = true;
                    tokens.add(new CallToken(id, name));
                    tokeniser.tokens(arguments).forEach(t -> tokens.add(new ArgumentsToken(t)));
                }
            }
        }
        return new Speech(tokens, calls ? "tool_calls" : "stop", null);
    }

    /** This speech, ended before the first stop string in its text. */
    Speech stoppedBy(List<String> stops) {
        String text = text();
        String hit = null;
        int at = text.length();
        for (String stop : stops) {
            int found = text.indexOf(stop);
            if (found >= 0 && found < at) {
                at = found;
                hit = stop;
            }
        }
        return hit == null ? this : new Speech(beginning(at), "stop", hit);
    }

    /** This speech, ended after so many tokens. */
    Speech limitedTo(int maxTokens) {
        return tokens.size() <= maxTokens
                ? this
                : new Speech(tokens.subList(0, maxTokens), "length", null);
    }

    int reasoningTokens() {
        return (int) tokens.stream().filter(ReasoningToken.class::isInstance).count();
    }

    /** The first tokens as steps. */
    List<Step> steps(int count) {
        return steps(0, count);
    }

    /** These tokens as steps; the rest of a call that began before them is a call of its own id. */
    List<Step> steps(int from, int to) {
        List<Step> steps = new ArrayList<>();
        for (int i = from; i < to; i++) {
            steps.add(
                    switch (tokens.get(i)) {
                        case TextToken(String text) -> new Step.Text(text);
                        case ReasoningToken(String text) -> new Step.Reasoning(text);
                        case CallToken(String id, String name) -> new Step.ToolCall(id, name);
                        case ArgumentsToken(String text) ->
                                steps.isEmpty()
                                        ? longer(callAt(i), text)
                                        : longer((Step.ToolCall) steps.removeLast(), text);
                    });
        }
        return steps;
    }

    /** The call that the token there is of, without arguments. */
    private Step.ToolCall callAt(int token) {
        for (int i = token; i >= 0; i--) {
            if (tokens.get(i) instanceof CallToken(String id, String name)) {
                return new Step.ToolCall(id, name);
            }
        }
        throw new IllegalStateException("arguments without a call in " + tokens);
    }

    private static Step.ToolCall longer(Step.ToolCall call, String fragment) {
        List<String> fragments = new ArrayList<>(call.fragments());
        fragments.add(fragment);
        return new Step.ToolCall(call.choice(), call.id(), call.name(), fragments);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (Token token : tokens) {
            text.append(token instanceof TextToken(String piece) ? piece : "");
        }
        return text.toString();
    }

    /** The tokens before that place in the text. */
    private List<Token> beginning(int characters) {
        List<Token> kept = new ArrayList<>();
        int left = characters;
        for (Token token : tokens) {
            if (!(token instanceof TextToken(String piece))) {
                kept.add(token);
            } else if (piece.length() <= left) {
                kept.add(token);
                left -= piece.length();
            } else {
                if (left > 0) {
                    kept.add(new TextToken(piece.substring(0, left)));
                }
                return kept;
            }
        }
        return kept;
    }
}
