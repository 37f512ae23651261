package dev.midstream.testkit;

import dev.midstream.testkit.GrammarViolation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The judge of Messages streams: whether a client may receive this.
 *
 * <p>As strict as the strictest of the official SDKs: a second {@code message_start} throws in
 * TypeScript and Java, a gap between block indexes loses text in TypeScript, a tool call without
 * {@code input_json_delta} throws in Java. One {@code message_start}, and first; blocks one after
 * the other, with contiguous indexes from 0, each stopped; deltas that fit their block; one stop
 * reason; output tokens that never fall. The stream ends in exactly one {@code message_stop}, or in
 * exactly one {@code event: error}.
 *
 * <p><b>Source.</b> The stream decoders and accumulators of anthropic-python, anthropic-ts 1.10 and
 * anthropic-java 3.10, read and measured in 2026.
 *
 * <p>Not thread-safe; one stream an instance.
 */
public final class MessagesStreamGrammar {

    private static final Set<String> STOP_REASONS =
            Set.of(
                    "end_turn",
                    "max_tokens",
                    "stop_sequence",
                    "tool_use",
                    "pause_turn",
                    "refusal",
                    "model_context_window_exceeded");

    private final Findings findings;
    private final List<MessagesBlockGrammar> blocks = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private @Nullable JsonNode message;
    private @Nullable String stopReason;
    private @Nullable String stopSequence;
    private @Nullable StreamError error;
    private int input;
    private int output = -1;
    private int pings;
    private boolean ending;
    private boolean stopped;

    private MessagesStreamGrammar(byte[] stream) {
        findings = new Findings(stream);
    }

    /**
     * Judges a whole stream, which is the body of a response without its transport framing.
     *
     * @throws GrammarViolation if it breaks any rule
     */
    public static MessagesTranscript check(byte[] stream) {
        MessagesStreamGrammar grammar = new MessagesStreamGrammar(stream);
        MessagesTranscript transcript = grammar.read();
        grammar.findings.throwIfAny();
        return transcript;
    }

    /** As {@link #check(byte[])}. */
    public static MessagesTranscript check(String stream) {
        return check(stream.getBytes(StandardCharsets.UTF_8));
    }

    /** The broken rules of a stream; none for a valid one. */
    public static List<Violation> violations(String stream) {
        MessagesStreamGrammar grammar =
                new MessagesStreamGrammar(stream.getBytes(StandardCharsets.UTF_8));
        grammar.read();
        return List.copyOf(grammar.findings.violations());
    }

    private MessagesTranscript read() {
        for (SseItem item : findings.items()) {
            findings.next(item);
            findings.require(!stopped, "comes after message_stop");
            findings.require(error == null, "comes after the error");
            switch (item) {
                case SseItem.Comment(String text) -> comments.add(text);
                case SseItem.Field ignored -> {}
                case SseItem.Event event -> event(event);
            }
        }
        findings.atEnd();
        end();
        return transcript();
    }

    private MessagesTranscript transcript() {
        JsonNode start = message == null ? Json.missing() : message;
        return new MessagesTranscript(
                start.path("id").asString(""),
                start.path("model").asString(""),
                blocks.stream().map(MessagesBlockGrammar::block).toList(),
                stopReason,
                stopSequence,
                output < 0 ? null : new MessagesTranscript.Usage(input, output),
                error,
                pings,
                comments);
    }

    private void end() {
        if (error != null) {
            return;
        }
        findings.require(stopped, "ends without message_stop and without an error");
        findings.require(message != null, "has no message_start");
        findings.require(stopReason != null, "has no stop_reason");
        requireAllStopped();
        if ("tool_use".equals(stopReason)) {
            findings.require(
                    blocks.stream().anyMatch(MessagesBlockGrammar::isToolUse),
                    "has the stop_reason tool_use and no tool_use block");
            blocks.forEach(MessagesBlockGrammar::requireWholeInput);
        }
    }

    private void event(SseItem.Event event) {
        JsonNode data = findings.object(event.data());
        if (data == null) {
            return;
        }
        String name = event.name() == null ? "" : event.name();
        findings.require(
                name.equals(data.path("type").asString("")),
                "is called '" + name + "' and has the type " + data.path("type"));
        findings.require(
                message != null || Set.of("message_start", "ping", "error").contains(name),
                name + " comes before message_start");
        switch (name) {
            case "message_start" -> start(data.path("message"));
            case "content_block_start" -> startBlock(data);
            case "content_block_delta" -> delta(data);
            case "content_block_stop" -> stopBlock(data);
            case "message_delta" -> messageDelta(data);
            case "message_stop" -> stopped = true;
            case "ping" -> pings++;
            case "error" -> error(data.path("error"));
            default -> findings.add("has the unknown event name '" + name + "'");
        }
    }

    private void start(JsonNode node) {
        findings.require(message == null, "message_start comes again");
        findings.require(ChatStreamGrammar.isText(node.path("id")), "the message has no id");
        findings.require(ChatStreamGrammar.isText(node.path("model")), "the message has no model");
        findings.require(
                node.path("role").asString("").equals("assistant"), "the message has no role");
        findings.require(
                node.path("content").isArray() && node.path("content").isEmpty(),
                "the message does not start with an empty content");
        findings.require(
                node.has("stop_reason") && node.path("stop_reason").isNull(),
                "the message does not start with a null stop_reason");
        message = node;
        input = node.path("usage").path("input_tokens").asInt(-1);
        findings.require(input >= 0, "the usage of the message has no input_tokens");
    }

    private void startBlock(JsonNode data) {
        int index = data.path("index").asInt(-1);
        findings.require(!ending, "block " + index + " starts after message_delta");
        findings.require(
                index == blocks.size(),
                "block " + index + " starts where block " + blocks.size() + " is next");
        findings.require(
                blocks.isEmpty() || !blocks.getLast().isOpen(),
                "block " + index + " starts inside another one");
        MessagesBlockGrammar block =
                new MessagesBlockGrammar(index, data.path("content_block"), findings);
        Set<String> ids = new HashSet<>();
        blocks.forEach(other -> ids.add(other.id()));
        findings.require(
                !block.isToolUse() || !ids.contains(block.id()),
                "block " + index + " has the id of another one: " + block.id());
        blocks.add(block);
    }

    private void delta(JsonNode data) {
        MessagesBlockGrammar block = openBlock(data, "a delta");
        if (block != null) {
            block.delta(data.path("delta"));
        }
    }

    private void stopBlock(JsonNode data) {
        MessagesBlockGrammar block = openBlock(data, "a stop");
        if (block != null) {
            block.stop();
        }
    }

    private @Nullable MessagesBlockGrammar openBlock(JsonNode data, String what) {
        int index = data.path("index").asInt(-1);
        boolean open = index >= 0 && index == blocks.size() - 1 && blocks.getLast().isOpen();
        findings.require(open, what + " is for block " + index + ", which is not open");
        return open ? blocks.getLast() : null;
    }

    private void messageDelta(JsonNode data) {
        ending = true;
        requireAllStopped();
        findings.require(
                data.path("usage").path("output_tokens").isIntegralNumber(),
                "message_delta has no output_tokens");
        usage(data.path("usage"));
        JsonNode reason = data.path("delta").path("stop_reason");
        if (reason.isString()) {
            findings.require(stopReason == null, "the stop_reason comes again");
            findings.require(
                    STOP_REASONS.contains(reason.asString()), "has the stop_reason " + reason);
            stopReason = reason.asString();
            JsonNode sequence = data.path("delta").path("stop_sequence");
            stopSequence = sequence.isString() ? sequence.asString() : null;
        }
    }

    /**
     * Cumulative: a later figure replaces an earlier one and is not smaller. What message_start
     * says of the output is a placeholder and does not count.
     */
    private void usage(JsonNode usage) {
        int now = usage.path("output_tokens").asInt(output);
        findings.require(now >= output, "output_tokens fall from " + output + " to " + now);
        output = now;
        input = usage.path("input_tokens").asInt(input);
    }

    private void requireAllStopped() {
        findings.require(
                blocks.isEmpty() || !blocks.getLast().isOpen(),
                "block " + (blocks.size() - 1) + " is not stopped");
    }

    private void error(JsonNode body) {
        findings.require(body.isObject(), "its error is no object: " + body);
        findings.require(
                ChatStreamGrammar.isText(body.path("message")), "its error has no message");
        findings.require(ChatStreamGrammar.isText(body.path("type")), "its error has no type");
        error = StreamError.from(body);
    }
}
