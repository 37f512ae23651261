package dev.midstream.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client has after reading a Responses stream.
 *
 * <p>Immutable.
 *
 * @param items in the order of their output indexes
 * @param status the response's in the terminal event; null if the stream ended without one
 * @param incompleteReason why the status is {@code incomplete}; null for any other
 * @param usage null if the terminal event had none
 * @param error what the {@code error} event says; null if there was none
 * @param response the response of the terminal event; a missing node if there was none
 * @param lastSequence the number of the last event; -1 if there was none
 * @param keepalives how many events of that name there were
 * @param comments the texts of all comments, in order
 */
public record ResponsesTranscript(
        String id,
        String model,
        List<Item> items,
        @Nullable String status,
        @Nullable String incompleteReason,
        @Nullable Usage usage,
        @Nullable StreamError error,
        JsonNode response,
        int lastSequence,
        int keepalives,
        List<String> comments) {

    /**
     * An output item.
     *
     * <p>A status is {@code completed}, {@code incomplete}, or null where the item was never
     * closed.
     */
    public sealed interface Item {}

    /** What the model says; parts that are refusals are in a place of their own. */
    public record Message(String id, String text, String refusal, @Nullable String status)
            implements Item {}

    /**
     * Reasoning.
     *
     * @param encrypted what the provider wants back; null without
     */
    public record Reasoning(
            String id,
            List<String> summary,
            String text,
            @Nullable String encrypted,
            @Nullable String status)
            implements Item {
        public Reasoning {
            summary = List.copyOf(summary);
        }
    }

    /** A call of a function; its arguments are the JSON as it came. */
    public record FunctionCall(
            String id, String callId, String name, String arguments, @Nullable String status)
            implements Item {}

    /** An item of any other type, as it was announced or, once closed, as it was closed. */
    public record Whole(String type, JsonNode item) implements Item {}

    /** The tokens reported. */
    public record Usage(int input, int output, JsonNode whole) {}

    public ResponsesTranscript {
        items = List.copyOf(items);
        comments = List.copyOf(comments);
    }

    /** The text of all messages, joined. */
    public String text() {
        return items.stream()
                .map(item -> item instanceof Message message ? message.text() : "")
                .collect(Collectors.joining());
    }

    /** The reasoning that can be read, joined: summaries, and content where there is any. */
    public String reasoning() {
        return items.stream()
                .map(
                        item ->
                                item instanceof Reasoning reasoning
                                        ? String.join("", reasoning.summary()) + reasoning.text()
                                        : "")
                .collect(Collectors.joining());
    }

    /** The function calls, in order. */
    public List<FunctionCall> functionCalls() {
        return items.stream()
                .filter(FunctionCall.class::isInstance)
                .map(FunctionCall.class::cast)
                .toList();
    }
}
