package dev.midstream.testkit.assertion;

import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.ChatTranscript;
import dev.midstream.testkit.MessagesStreamGrammar;
import dev.midstream.testkit.MessagesTranscript;
import dev.midstream.testkit.MessagesTranscript.Thinking;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.ResponsesTranscript;
import dev.midstream.testkit.StreamError;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client has after reading a valid stream, in the words of Chat Completions.
 *
 * @param finish null if the stream ended without one
 * @param usage null if none was told
 * @param error null if it ended well
 */
record Received(
        String text,
        String reasoning,
        List<Call> calls,
        @Nullable String finish,
        @Nullable Tokens usage,
        @Nullable StreamError error) {

    /** A tool call; its arguments are JSON. */
    record Call(String name, String arguments) {}

    /** The usage told. */
    record Tokens(int input, int output) {}

    /**
     * Reads a stream.
     *
     * @throws dev.midstream.testkit.GrammarViolation if it breaks a rule of its protocol
     */
    static Received of(Protocol protocol, byte[] stream) {
        return switch (protocol) {
            case CHAT -> of(ChatStreamGrammar.check(stream));
            case MESSAGES -> of(MessagesStreamGrammar.check(stream));
            case RESPONSES -> of(ResponsesStreamGrammar.check(stream));
        };
    }

    private static Received of(ChatTranscript seen) {
        ChatTranscript.Usage usage = seen.usage();
        return new Received(
                seen.text(),
                seen.reasoning(),
                seen.toolCalls().stream().map(c -> new Call(c.name(), c.arguments())).toList(),
                seen.finishReason(),
                usage == null ? null : new Tokens(usage.input(), usage.output()),
                seen.error());
    }

    private static Received of(MessagesTranscript seen) {
        MessagesTranscript.Usage usage = seen.usage();
        return new Received(
                seen.text(),
                seen.blocks().stream()
                        .map(block -> block instanceof Thinking t ? t.thinking() : "")
                        .collect(Collectors.joining()),
                seen.toolUses().stream().map(c -> new Call(c.name(), c.input())).toList(),
                finish(seen.stopReason()),
                usage == null ? null : new Tokens(usage.input(), usage.output()),
                seen.error());
    }

    private static @Nullable String finish(@Nullable String stopReason) {
        return switch (stopReason) {
            case null -> null;
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> stopReason;
        };
    }

    private static Received of(ResponsesTranscript seen) {
        ResponsesTranscript.Usage usage = seen.usage();
        List<Call> calls =
                seen.functionCalls().stream().map(c -> new Call(c.name(), c.arguments())).toList();
        return new Received(
                seen.text(),
                seen.reasoning(),
                calls,
                finish(seen, calls),
                usage == null ? null : new Tokens(usage.input(), usage.output()),
                error(seen));
    }

    private static @Nullable String finish(ResponsesTranscript seen, List<Call> calls) {
        return switch (seen.status()) {
            case "completed" -> calls.isEmpty() ? "stop" : "tool_calls";
            case "incomplete" ->
                    "max_output_tokens".equals(seen.incompleteReason())
                            ? "length"
                            : seen.incompleteReason();
            case null, default -> null;
        };
    }

    /** An error is told by an event of its own, or by the response in the terminal event. */
    private static @Nullable StreamError error(ResponsesTranscript seen) {
        if (seen.error() != null || !"failed".equals(seen.status())) {
            return seen.error();
        }
        var error = seen.response().path("error");
        return new StreamError(
                error.path("type").asString(error.path("code").asString("")),
                error.path("message").asString(""),
                error);
    }
}
