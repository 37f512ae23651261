package dev.midstream.testkit;

import dev.midstream.testkit.ModelAnswer.Block;
import dev.midstream.testkit.ModelAnswer.ReasoningBlock;
import dev.midstream.testkit.ModelAnswer.TextBlock;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.Usage;
import dev.midstream.testkit.Wish.Original;
import dev.midstream.testkit.Wish.Prefill;
import dev.midstream.testkit.Wish.UserTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A model that has one thing to say, and goes on with it when asked: well, badly or not at all.
 *
 * <pre>{@code
 * var model = ScriptedModel.answering("Once upon a time there was a ...")
 *         .cutAfter(40)
 *         .onUserTurn(new Behaviour.Preamble());
 * var provider = ScriptedProvider.start("primary", Dialect.chat(), model);
 * }</pre>
 *
 * <p><b>Shape.</b> A request whose last message is the assistant's is a prefill; in the Responses
 * protocol it is a finished turn to the model, which then says its whole answer. One whose last
 * message is a user's that quotes the answer is a continuation by a user turn. Any other gets the
 * whole answer. {@code max_tokens} and stop strings are respected and usage is reported; a token is
 * what the {@link Tokeniser} makes one.
 *
 * <p>The methods that set something up return this model; call them before the first request.
 * Thread-safe from then on.
 */
public final class ScriptedModel implements Responder, Breakable<ScriptedModel> {

    /**
     * What the model took a request for.
     *
     * @param position where in the text of the answer the request wants it to go on; 0 for an
     *     original request
     */
    public record Asked(Kind kind, int position) {

        /** What a model that says this text takes a request for. */
        public static Asked of(RecordedRequest request, String text) {
            return of(Wish.of(Conversation.of(request), text, AnchorFinder.longestQuote()));
        }

        private static Asked of(Wish wish) {
            return switch (wish) {
                case Original ignored -> new Asked(Kind.ORIGINAL, 0);
                case Prefill prefill -> new Asked(Kind.PREFILL, prefill.position());
                case UserTurn turn -> new Asked(Kind.USER_TURN, turn.position());
            };
        }

        /** The kinds of requests. */
        public enum Kind {
            /** Wants the whole answer. */
            ORIGINAL,
            /** Ends with an assistant's message that is to be gone on with. */
            PREFILL,
            /** Ends with a user's message that quotes what was said and asks to go on. */
            USER_TURN
        }
    }

    private record Break(int afterTokens, List<Step> fault) {}

    private final ModelAnswer answer;
    private final String text;
    private final NavigableMap<Integer, Break> breaks = new TreeMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private Tokeniser tokeniser = Tokeniser.words();
    private AnchorFinder anchors = AnchorFinder.longestQuote();
    private PrefillForm prefillForm = PrefillForm.PLAIN;
    private Duration pause = Duration.ZERO;
    private Behaviour onPrefill = new Behaviour.Obeys();
    private Behaviour onUserTurn = new Behaviour.Obeys();

    private ScriptedModel(ModelAnswer answer) {
        this.answer = answer;
        this.text = answer.text();
    }

    /** A model that says this text. */
    public static ScriptedModel answering(String text) {
        return answering(ModelAnswer.text(text));
    }

    /** A model that says these blocks. */
    public static ScriptedModel answering(ModelAnswer answer) {
        return new ScriptedModel(answer);
    }

    /** Sets in which tokens it says its answer; words by default. */
    public ScriptedModel tokenised(Tokeniser other) {
        tokeniser = other;
        return this;
    }

    /** Sets what it makes of every kind of continuation. */
    public ScriptedModel behaving(Behaviour behaviour) {
        return onPrefill(behaviour).onUserTurn(behaviour);
    }

    /** Sets what it makes of a prefill. */
    public ScriptedModel onPrefill(Behaviour behaviour) {
        onPrefill = behaviour;
        return this;
    }

    /** Sets what it makes of a user turn that asks it to go on. */
    public ScriptedModel onUserTurn(Behaviour behaviour) {
        onUserTurn = behaviour;
        return this;
    }

    /**
     * Sets the form that a prefill must have; in any other it is a finished turn to the model,
     * which then says its whole answer.
     */
    public ScriptedModel prefilledBy(PrefillForm form) {
        prefillForm = form;
        return this;
    }

    /** Sets how it finds the words that a user turn demands. */
    public ScriptedModel findingAnchorsBy(AnchorFinder finder) {
        anchors = finder;
        return this;
    }

    /**
     * Breaks off.
     *
     * @param request the place of the request to break among those to this model, from 1
     * @param afterTokens how many tokens are still said; if there are not more than that, it breaks
     *     before the finish reason
     * @param fault what happens in place of the rest; ends cleanly if it does not say how. In the
     *     background an ending is the connection's alone, and the rest is said after it
     */
    public ScriptedModel breaking(int request, int afterTokens, Step... fault) {
        breaks.put(request, new Break(afterTokens, List.of(fault)));
        return this;
    }

    @Override
    public ScriptedModel breakingAfter(int tokens, Step... fault) {
        return breaking(breaks.isEmpty() ? 1 : breaks.lastKey() + 1, tokens, fault);
    }

    @Override
    public ScriptedModel slowedBy(Duration perToken) {
        pause = perToken;
        return this;
    }

    /** Refuses to go on with an assistant's message, with status 400; obeys a user turn. */
    public ScriptedModel refusingPrefill() {
        return onPrefill(new Behaviour.RefusesPrefill());
    }

    /** What it took each request for, so far, in order. */
    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** The whole text that it has to say. */
    public String text() {
        return text;
    }

    @Override
    public Answer answer(RecordedRequest request) {
        Conversation conversation = Conversation.of(request);
        Wish wish = Wish.of(conversation, text, anchors);
        int number = note(wish);
        return switch (wish) {
            case Original ignored -> say(conversation, number, answer.blocks());
            case Prefill prefill -> afterPrefill(conversation, number, prefill);
            case UserTurn turn -> afterUserTurn(conversation, number, turn);
        };
    }

    private int note(Wish wish) {
        synchronized (asked) {
            asked.add(Asked.of(wish));
            return asked.size();
        }
    }

    // ---------------------------------------------------------------------------------- conduct

    private Answer afterPrefill(Conversation conversation, int number, Prefill prefill) {
        if (onPrefill instanceof Behaviour.RefusesPrefill) {
            return Answer.error(400, "invalid_request_error", Behaviour.RefusesPrefill.MESSAGE);
        }
        if (!prefillForm.isUsedBy(conversation)) {
            return say(conversation, number, answer.blocks());
        }
        int at = prefill.position();
        return conduct(conversation, number, onPrefill, new UserTurn("", at, at), prefill.text());
    }

    private Answer afterUserTurn(Conversation conversation, int number, UserTurn turn) {
        return conduct(conversation, number, onUserTurn, turn, "");
    }

    private Answer conduct(
            Conversation conversation,
            int number,
            Behaviour behaviour,
            UserTurn turn,
            String prefill) {
        String anchor = turn.anchor();
        int end = turn.anchorEnd();
        List<Block> rest =
                switch (behaviour) {
                    case Behaviour.Obeys ignored -> goOn(anchor, end);
                    case Behaviour.RefusesPrefill ignored -> goOn(anchor, end);
                    case Behaviour.EchoesPrefill ignored -> goOn(prefill + anchor, end);
                    case Behaviour.ContinuesWithoutAnchor ignored -> goOn("", turn.position());
                    case Behaviour.Repeats(int characters) ->
                            goOn(more(end - anchor.length(), characters) + anchor, end);
                    case Behaviour.Preamble(String words) -> goOn(words + anchor, end);
                    case Behaviour.ReopensFence ignored -> goOn(fence(end) + anchor, end);
                    case Behaviour.TrimsLeadingSpace ignored -> trimmed(goOn(anchor, end));
                    case Behaviour.StartsAnew ignored -> answer.blocks();
                    case Behaviour.Digresses(String words) -> List.of(new TextBlock(words));
                    case Behaviour.RefusesTask(String words) -> List.of(new TextBlock(words));
                    case Behaviour.FallsSilent ignored -> List.of();
                };
        return behaviour instanceof Behaviour.FallsSilent
                ? Answer.of(new Step.Opening(), new Step.Stall())
                : say(conversation, number, rest);
    }

    /** These words, then the rest of the answer from that place of its text. */
    private List<Block> goOn(String words, int position) {
        List<Block> rest = new ArrayList<>();
        rest.add(new TextBlock(words));
        int left = position;
        for (Block block : answer.blocks()) {
            switch (block) {
                case TextBlock(String piece) -> {
                    rest.add(new TextBlock(piece.substring(Math.min(left, piece.length()))));
                    left = Math.max(0, left - piece.length());
                }
                case ReasoningBlock ignored -> {}
                case ModelAnswer.ToolBlock call -> {
                    if (left == 0) {
                        rest.add(call);
                    }
                }
            }
        }
        return joined(rest);
    }

    /** Texts that follow each other are one text. */
    private static List<Block> joined(List<Block> blocks) {
        List<Block> joined = new ArrayList<>();
        for (Block block : blocks) {
            if (block instanceof TextBlock(String more)
                    && !joined.isEmpty()
                    && joined.getLast() instanceof TextBlock(String before)) {
                joined.set(joined.size() - 1, new TextBlock(before + more));
            } else {
                joined.add(block);
            }
        }
        return joined;
    }

    private static List<Block> trimmed(List<Block> blocks) {
        List<Block> trimmed = new ArrayList<>(blocks);
        if (trimmed.getFirst() instanceof TextBlock(String first)) {
            trimmed.set(0, new TextBlock(first.stripLeading()));
        }
        return trimmed;
    }

    /** About so many characters of the answer before that place, from the beginning of a word. */
    private String more(int before, int characters) {
        int from = Math.max(0, before - characters);
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        return text.substring(from, before);
    }

    /** The line that opened the fence in which the text stands at that place. */
    private String fence(int position) {
        int fence = text.lastIndexOf("```", Math.max(0, position - 1));
        int lineEnd = fence < 0 ? -1 : text.indexOf('\n', fence);
        return lineEnd < 0 ? "```\n" : text.substring(fence, lineEnd + 1);
    }

    private Answer say(Conversation conversation, int number, List<Block> blocks) {
        Speech speech = Speech.of(blocks, tokeniser).stoppedBy(conversation.stops());
        if (conversation.maxTokens().isPresent()) {
            speech = speech.limitedTo(conversation.maxTokens().getAsInt());
        }
        Break broken = breaks.get(number);
        Answer said =
                Answer.of(
                        broken == null
                                ? rest(conversation, speech, 0)
                                : broken(conversation, speech, broken));
        return pause.isZero() ? said : said.slowedBy(pause);
    }

    private static List<Step> broken(Conversation conversation, Speech speech, Break broken) {
        int said = Math.min(broken.afterTokens(), speech.tokens().size());
        List<Step> steps = speech.steps(said);
        if (steps.isEmpty()) {
            return broken.fault();
        }
        steps.addFirst(new Step.Opening(conversation.promptTokens()));
        steps.addAll(broken.fault());
        boolean generationFails =
                steps.getLast() instanceof Step.HttpError
                        || steps.getLast() instanceof Step.Status
                        || steps.getLast() instanceof Step.Rejected
                        || steps.getLast() instanceof Step.InBandError;
        if (conversation.asks("background") && !generationFails) {
            boolean told = steps.getLast() instanceof Step.Ending;
            steps.add(new Step.Drop(told ? (Step.Ending) steps.removeLast() : new Step.CleanEnd()));
            steps.addAll(rest(conversation, speech, said));
        }
        return steps;
    }

    /** What is said from that token on, and the end of it. */
    private static List<Step> rest(Conversation conversation, Speech speech, int from) {
        List<Step> steps = speech.steps(from, speech.tokens().size());
        steps.add(new Finish(0, speech.finishReason(), speech.stopSequence()));
        steps.add(
                new Usage(
                        conversation.promptTokens(),
                        speech.tokens().size(),
                        0,
                        speech.reasoningTokens()));
        steps.add(new Done());
        return steps;
    }
}
