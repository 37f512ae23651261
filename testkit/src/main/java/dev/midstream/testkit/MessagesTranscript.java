package dev.midstream.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client has after reading a Messages stream.
 *
 * <p>Immutable.
 *
 * @param stopReason null if the stream ended without one
 * @param usage the last figures reported; null if there was no {@code message_delta}
 * @param error what the stream ended with in place of {@code message_stop}; null if it ended well
 * @param pings how many there were
 * @param comments the texts of all comments, in order
 */
public record MessagesTranscript(
        String id,
        String model,
        List<Block> blocks,
        @Nullable String stopReason,
        @Nullable String stopSequence,
        @Nullable Usage usage,
        @Nullable StreamError error,
        int pings,
        List<String> comments) {

    /** A content block. */
    public sealed interface Block {}

    /** A text. */
    public record Text(String text) implements Block {}

    /** Thinking; its signature is null if it was stopped without one. */
    public record Thinking(String thinking, @Nullable String signature) implements Block {}

    /** A tool call; its input is the JSON as it came. */
    public record ToolUse(String id, String name, String input) implements Block {}

    /** A block that comes whole in its start. */
    public record Whole(String type, JsonNode block) implements Block {}

    /** The tokens reported; cached ones are not among the input. */
    public record Usage(int input, int output) {}

    public MessagesTranscript {
        blocks = List.copyOf(blocks);
        comments = List.copyOf(comments);
    }

    /** The text of all text blocks, joined. */
    public String text() {
        return blocks.stream()
                .map(block -> block instanceof Text(String text) ? text : "")
                .collect(Collectors.joining());
    }

    /** The tool calls, in order. */
    public List<ToolUse> toolUses() {
        return blocks.stream().filter(ToolUse.class::isInstance).map(ToolUse.class::cast).toList();
    }
}
