package dev.midstream.testkit;

import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Refusal;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to a chat request that did not ask for a stream. */
final class ChatDocument {

    private final ChatDialect dialect;

    ChatDocument(ChatDialect dialect) {
        this.dialect = dialect;
    }

    ObjectNode of(String model, Dialect.Ids ids, List<Content> script) {
        Map<Integer, Choice> choices = new TreeMap<>();
        choices.put(0, new Choice());
        ObjectNode body =
                Json.object()
                        .put("id", ids.with("chatcmpl-"))
                        .put("object", "chat.completion")
                        .put("created", ids.created())
                        .put("model", model);
        ArrayNode list = body.putArray("choices");
        for (Content step : script) {
            switch (step) {
                case Text(int n, String text) -> choice(choices, n).text.append(text);
                case Reasoning(int n, String text) -> choice(choices, n).reasoning.append(text);
                case Refusal(int n, String text) -> choice(choices, n).refusal.append(text);
                case ToolCall call -> choice(choices, call.choice()).toolCalls.add(toolCall(call));
                case Finish(int n, String reason, var ignored) ->
                        choice(choices, n).finishReason = reason;
                case Usage usage -> body.set("usage", dialect.usage(usage));
                case Step.Opening ignored -> {}
                case Step.EndBlock ignored -> {}
                case Step.EmptyDelta ignored -> {}
                case Step.Done ignored -> {}
                case Step.Ping ignored -> {}
                case Step.Malformed ignored -> {}
                case Step.InBandError ignored -> {}
            }
        }
        choices.forEach((index, choice) -> list.add(choice.json(index, dialect)));
        return body.put("service_tier", "default")
                .put("system_fingerprint", "fp_" + ids.provider());
    }

    private static Choice choice(Map<Integer, Choice> choices, int index) {
        return choices.computeIfAbsent(index, ignored -> new Choice());
    }

    private static ObjectNode toolCall(ToolCall call) {
        ObjectNode node = Json.object().put("id", call.id()).put("type", "function");
        node.putObject("function")
                .put("name", call.name())
                .put("arguments", String.join("", call.fragments()));
        return node;
    }

    private static final class Choice {
        final StringBuilder text = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final ArrayNode toolCalls = Json.array();
        String finishReason = "stop";

        ObjectNode json(int index, ChatDialect dialect) {
            ObjectNode node = Json.object().put("index", index);
            ObjectNode message = node.putObject("message").put("role", "assistant");
            message.put("content", text.isEmpty() ? null : text.toString());
            message.put("refusal", refusal.isEmpty() ? null : refusal.toString());
            if (!reasoning.isEmpty()) {
                message.put(dialect.reasoningField(), reasoning.toString());
            }
            if (!toolCalls.isEmpty()) {
                message.set("tool_calls", toolCalls);
            }
            node.putNull("logprobs");
            return node.put("finish_reason", finishReason);
        }
    }
}
