package dev.midstream.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client has after reading a Chat Completions stream.
 *
 * <p>Immutable.
 *
 * @param choices in the order of their indexes
 * @param usage null if the stream had none
 * @param error what the stream ended with in place of {@code [DONE]}; null if it ended well
 * @param comments the texts of all comments, in order
 */
public record ChatTranscript(
        String id,
        String model,
        long created,
        List<Choice> choices,
        @Nullable Usage usage,
        @Nullable StreamError error,
        List<String> comments) {

    private static final String SEAM = "midstream seam ";

    /** One answer of several. */
    public record Choice(
            int index,
            String text,
            String reasoning,
            String refusal,
            List<ToolCall> toolCalls,
            @Nullable String finishReason) {
        public Choice {
            toolCalls = List.copyOf(toolCalls);
        }
    }

    /** A call with its arguments joined. */
    public record ToolCall(String id, String name, String arguments) {}

    /** The tokens reported. */
    public record Usage(int input, int output, JsonNode whole) {}

    public ChatTranscript {
        choices = List.copyOf(choices);
        comments = List.copyOf(comments);
    }

    /** The comments that tell of seams. */
    public List<String> seams() {
        return comments.stream().filter(comment -> comment.startsWith(SEAM)).toList();
    }

    /** How many comments only kept the connection alive. */
    public int heartbeats() {
        return comments.size() - seams().size();
    }

    /** The text of the first choice; empty if there is none. */
    public String text() {
        return choices.isEmpty() ? "" : choices.getFirst().text();
    }

    /** The reasoning of the first choice; empty if there is none. */
    public String reasoning() {
        return choices.isEmpty() ? "" : choices.getFirst().reasoning();
    }

    /** The tool calls of the first choice. */
    public List<ToolCall> toolCalls() {
        return choices.isEmpty() ? List.of() : choices.getFirst().toolCalls();
    }

    /** The finish reason of the first choice; null if the stream ended without one. */
    public @Nullable String finishReason() {
        return choices.isEmpty() ? null : choices.getFirst().finishReason();
    }
}
