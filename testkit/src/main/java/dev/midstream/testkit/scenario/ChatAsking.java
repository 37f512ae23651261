package dev.midstream.testkit.scenario;

import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.ChatTranscript;
import dev.midstream.testkit.scenario.Seen.Call;
import dev.midstream.testkit.scenario.Seen.Tokens;
import dev.midstream.testkit.scenario.Seen.Trouble;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Chat Completions. */
final class ChatAsking implements Asking {

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public String body(Scenario scenario, String model, boolean stream) {
        String options = stream ? ",\"stream_options\":{\"include_usage\":true}" : "";
        return "{\"model\":\""
                + model
                + "\",\"stream\":"
                + stream
                + options
                + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + Said.QUESTION
                + "\"}]"
                + scenario.members(Wire.CHAT)
                + "}";
    }

    @Override
    public Seen stream(byte[] body) {
        ChatTranscript transcript = ChatStreamGrammar.check(body);
        List<Call> calls =
                transcript.toolCalls().stream()
                        .map(call -> new Call(call.name(), call.arguments()))
                        .toList();
        ChatTranscript.Usage usage = transcript.usage();
        return new Seen(
                200,
                transcript.text(),
                transcript.reasoning(),
                calls,
                transcript.finishReason(),
                usage == null ? null : tokens(usage.whole()),
                transcript.error() == null ? null : new Trouble(transcript.error().error()));
    }

    @Override
    public Seen document(JsonNode answer) {
        JsonNode choice = answer.path("choices").path(0);
        JsonNode message = choice.path("message");
        List<Call> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            calls.add(
                    new Call(
                            function.path("name").asString(),
                            function.path("arguments").asString()));
        }
        return new Seen(
                200,
                message.path("content").asString(""),
                message.path("reasoning_content").asString(""),
                calls,
                choice.path("finish_reason").asString(""),
                answer.path("usage").isObject() ? tokens(answer.path("usage")) : null,
                null);
    }

    private static Tokens tokens(JsonNode usage) {
        return new Tokens(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("total_tokens").asLong());
    }
}
