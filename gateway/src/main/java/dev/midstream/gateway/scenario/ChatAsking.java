package dev.midstream.gateway.scenario;

import dev.midstream.gateway.scenario.Seen.Call;
import dev.midstream.gateway.scenario.Seen.Tokens;
import dev.midstream.gateway.scenario.Seen.Trouble;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.ChatTranscript;
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

    static Tokens tokens(JsonNode usage) {
        return new Tokens(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("total_tokens").asLong());
    }
}
