package dev.midstream.testkit;

import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Refusal;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to a Messages request that did not ask for a stream. */
final class MessagesDocument {

    private final MessagesDialect dialect;
    private final List<Content> script;
    private final ArrayNode content = Json.array();

    MessagesDocument(MessagesDialect dialect, List<Content> script) {
        this.dialect = dialect;
        this.script = script;
    }

    ObjectNode of(String model, Dialect.Ids ids) {
        ObjectNode message =
                Json.object()
                        .put("id", ids.with("msg_"))
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", model);
        message.set("content", content);
        message.put("stop_reason", "end_turn").putNull("stop_sequence");
        for (Content step : script) {
            switch (step) {
                case Text(int choice, String text) -> append("text", "text", text);
                case Refusal(int choice, String text) -> append("text", "text", text);
                case Reasoning(int choice, String text) -> think(text, ids);
                case ToolCall call -> content.add(toolUse(call));
                case Finish finish ->
                        message.put("stop_reason", MessagesDialect.stopReason(finish))
                                .put("stop_sequence", finish.stopSequence());
                case Usage usage ->
                        message.set("usage", MessagesDialect.usage(usage, usage.output()));
                case Step.Opening ignored -> {}
                case Step.EndBlock ignored -> {}
                case Step.EmptyDelta ignored -> {}
                case Step.Done ignored -> {}
                case Step.Ping ignored -> {}
                case Step.Malformed ignored -> {}
                case Step.InBandError ignored -> {}
            }
        }
        return message;
    }

    private void think(String text, Dialect.Ids ids) {
        boolean omitted = dialect.has(MessagesQuirk.THINKING_OMITTED);
        append("thinking", "thinking", omitted ? "" : text)
                .put("signature", ids.with("sig_") + "-" + (content.size() - 1));
    }

    /** Appends to the last block if it is of that type, else to a new one. */
    private ObjectNode append(String type, String member, String text) {
        if (!content.isEmpty()
                && content.get(content.size() - 1) instanceof ObjectNode last
                && last.path("type").asString().equals(type)) {
            return last.put(member, last.path(member).asString() + text);
        }
        return content.addObject().put("type", type).put(member, text);
    }

    private static ObjectNode toolUse(ToolCall call) {
        ObjectNode block =
                Json.object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
        block.set("input", input(String.join("", call.fragments())));
        return block;
    }

    private static JsonNode input(String arguments) {
        try {
            return arguments.isEmpty() ? Json.object() : Json.read(arguments);
        } catch (JacksonException e) {
            return Json.object();
        }
    }
}
