package dev.midstream.testkit;

import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** Requests that a client of the Messages protocol would send. */
final class MessagesRequests {

    private MessagesRequests() {}

    /** A request with these messages, role and content in turn. */
    static ObjectNode request(String... rolesAndTexts) {
        ObjectNode body =
                Json.object().put("model", "claude-x").put("max_tokens", 99).put("stream", true);
        var messages = body.putArray("messages");
        for (int i = 0; i < rolesAndTexts.length; i += 2) {
            messages.addObject().put("role", rolesAndTexts[i]).put("content", rolesAndTexts[i + 1]);
        }
        return body;
    }

    /** The same request as Vertex AI wants it. */
    static ObjectNode vertex(ObjectNode request) {
        request.remove("model");
        return request.put("anthropic_version", "vertex-2023-10-16");
    }

    static SseClient ask(ScriptedProvider provider, ObjectNode request) {
        return SseClient.to(URI.create(provider.baseUrl() + "/v1/messages"))
                .header("anthropic-version", "2023-06-01")
                .header("x-api-key", "secret")
                .post(Json.write(request));
    }

    static SseClient askVertex(ScriptedProvider provider, String method, ObjectNode request) {
        return SseClient.post(
                URI.create(
                        provider.baseUrl()
                                + "/v1/projects/p/locations/us-east5/publishers/anthropic/models/"
                                + "claude-x@20250929:"
                                + method),
                Json.write(request));
    }

    static String textOf(SseClient client) {
        try (client) {
            client.awaitEnd();
            return client.text();
        }
    }

    /** The stream that a provider makes of this answer. */
    static String stream(Dialect dialect, Answer answer) {
        try (var provider = ScriptedProvider.start("claude", dialect)) {
            provider.enqueue(answer);
            return textOf(ask(provider, request("user", "Tell me")));
        }
    }
}
