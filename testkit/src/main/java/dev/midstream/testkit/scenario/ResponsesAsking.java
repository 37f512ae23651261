package dev.midstream.testkit.scenario;

import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.ResponsesTranscript;
import dev.midstream.testkit.scenario.Seen.Call;
import dev.midstream.testkit.scenario.Seen.Tokens;
import dev.midstream.testkit.scenario.Seen.Trouble;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Responses. */
final class ResponsesAsking implements Asking {

    @Override
    public String path() {
        return "/v1/responses";
    }

    @Override
    public String body(Scenario scenario, String model, boolean stream) {
        return "{\"model\":\""
                + model
                + "\",\"stream\":"
                + stream
                + ",\"input\":\""
                + Said.QUESTION
                + "\""
                + scenario.members(Wire.RESPONSES)
                + "}";
    }

    /** What was said until an error is in the terminal event too. */
    @Override
    public Seen stream(byte[] body) {
        ResponsesTranscript transcript = ResponsesStreamGrammar.check(body);
        Seen seen = document(transcript.response());
        return transcript.error() == null
                ? seen
                : new Seen(
                        200,
                        seen.text(),
                        seen.reasoning(),
                        seen.calls(),
                        null,
                        null,
                        new Trouble(transcript.error().error()));
    }

    @Override
    public Seen document(JsonNode response) {
        List<String> texts = new ArrayList<>();
        List<String> reasoning = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        for (JsonNode item : response.path("output")) {
            switch (item.path("type").asString("")) {
                case "message" -> texts.add(joined(item.path("content")));
                case "reasoning" ->
                        reasoning.add(joined(item.path("summary")) + joined(item.path("content")));
                case "function_call" ->
                        calls.add(
                                new Call(
                                        item.path("name").asString(),
                                        item.path("arguments").asString()));
                default -> {}
            }
        }
        return new Seen(
                200,
                String.join(Said.APART, texts),
                String.join(Said.APART, reasoning),
                calls,
                finish(response, !calls.isEmpty()),
                tokens(response.path("usage")),
                null);
    }

    private static String joined(JsonNode parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.path("text").asString("")));
        return text.toString();
    }

    private static @Nullable Tokens tokens(JsonNode usage) {
        return usage.isObject()
                ? new Tokens(
                        usage.path("input_tokens").asLong(),
                        usage.path("output_tokens").asLong(),
                        usage.path("total_tokens").asLong())
                : null;
    }

    /** In chat's words. */
    private static @Nullable String finish(JsonNode response, boolean calls) {
        String reason = response.path("incomplete_details").path("reason").asString("");
        return switch (response.path("status").asString("")) {
            case "completed" -> calls ? "tool_calls" : "stop";
            case "incomplete" -> reason.equals("max_output_tokens") ? "length" : reason;
            default -> null;
        };
    }
}
