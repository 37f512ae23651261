package dev.midstream.testkit.scenario;

import dev.midstream.testkit.MessagesStreamGrammar;
import dev.midstream.testkit.MessagesTranscript;
import dev.midstream.testkit.MessagesTranscript.Text;
import dev.midstream.testkit.MessagesTranscript.Thinking;
import dev.midstream.testkit.scenario.Seen.Call;
import dev.midstream.testkit.scenario.Seen.Tokens;
import dev.midstream.testkit.scenario.Seen.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Messages. */
final class MessagesAsking implements Asking {

    /** More than any scenario says. */
    private static final String LIMIT = "\"max_tokens\":10000";

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public String body(Scenario scenario, String model, boolean stream) {
        String members = scenario.members(Wire.MESSAGES);
        return "{\"model\":\""
                + model
                + "\",\"stream\":"
                + stream
                + (members.contains("\"max_tokens\"") ? "" : "," + LIMIT)
                + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + Said.QUESTION
                + "\"}]"
                + members
                + "}";
    }

    @Override
    public Seen stream(byte[] body) {
        MessagesTranscript transcript = MessagesStreamGrammar.check(body);
        List<Call> calls =
                transcript.toolUses().stream()
                        .map(call -> new Call(call.name(), call.input()))
                        .toList();
        MessagesTranscript.Usage usage = transcript.usage();
        return new Seen(
                200,
                joined(transcript, block -> block instanceof Text(String text) ? text : null),
                joined(transcript, block -> block instanceof Thinking t ? t.thinking() : null),
                calls,
                finish(transcript.stopReason()),
                usage == null ? null : tokens(usage.input(), usage.output()),
                transcript.error() == null ? null : new Trouble(transcript.error().error()));
    }

    @Override
    public Seen document(JsonNode message) {
        List<Call> calls = new ArrayList<>();
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asString().equals("tool_use")) {
                calls.add(new Call(block.path("name").asString(), block.path("input").toString()));
            }
        }
        JsonNode usage = message.path("usage");
        return new Seen(
                200,
                joined(message, "text", "text"),
                joined(message, "thinking", "thinking"),
                calls,
                finish(message.path("stop_reason").asString("")),
                tokens(usage.path("input_tokens").asLong(), usage.path("output_tokens").asLong()),
                null);
    }

    private static String joined(JsonNode message, String type, String member) {
        return String.join(
                Said.APART,
                StreamSupport.stream(message.path("content").spliterator(), false)
                        .filter(block -> block.path("type").asString().equals(type))
                        .map(block -> block.path(member).asString(""))
                        .toList());
    }

    /** Blocks stand apart, as paragraphs do. */
    private static String joined(
            MessagesTranscript transcript,
            Function<MessagesTranscript.Block, @Nullable String> words) {
        return String.join(
                Said.APART,
                transcript.blocks().stream().map(words).filter(text -> text != null).toList());
    }

    private static Tokens tokens(long input, long output) {
        return new Tokens(input, output, input + output);
    }

    /** In chat's words. */
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
}
