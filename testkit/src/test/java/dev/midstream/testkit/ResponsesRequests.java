package dev.midstream.testkit;

import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** Requests that a client of the Responses protocol would send. */
final class ResponsesRequests {

    private ResponsesRequests() {}

    /** A request for a stream with this input. */
    static ObjectNode request(String input) {
        return Json.object().put("model", "gpt-x").put("stream", true).put("input", input);
    }

    /** A request for a stream with these items as its input. */
    static ObjectNode items(String... items) {
        ObjectNode body = Json.object().put("model", "gpt-x").put("stream", true);
        var input = body.putArray("input");
        for (String item : items) {
            input.add(Json.read(quoted(item)));
        }
        return body;
    }

    /** A request for a stream with these messages, role and content in turn. */
    static ObjectNode messages(String... rolesAndTexts) {
        ObjectNode body = items();
        for (int i = 0; i < rolesAndTexts.length; i += 2) {
            body.withArray("input")
                    .addObject()
                    .put("role", rolesAndTexts[i])
                    .put("content", rolesAndTexts[i + 1]);
        }
        return body;
    }

    static SseClient ask(ScriptedProvider provider, ObjectNode request) {
        return SseClient.post(url(provider, ""), Json.write(request));
    }

    /** What a GET of this path and query below {@code /v1/responses} gives. */
    static SseClient get(ScriptedProvider provider, String below) {
        return SseClient.to(url(provider, below)).get();
    }

    static URI url(ScriptedProvider provider, String below) {
        return URI.create(provider.baseUrl() + "/responses" + below);
    }

    static String textOf(SseClient client) {
        try (client) {
            client.awaitEnd();
            return client.text();
        }
    }

    /** The stream that a provider makes of this answer. */
    static String stream(Dialect dialect, Answer answer) {
        return stream(dialect, answer, request("Tell me"));
    }

    /** The stream that a provider makes of this answer to this request. */
    static String stream(Dialect dialect, Answer answer, ObjectNode request) {
        try (var provider = ScriptedProvider.start("gpt", dialect)) {
            provider.enqueue(answer);
            return textOf(ask(provider, request));
        }
    }

    static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
