package dev.midstream.testkit;

import java.net.URI;

/** Requests that a client of the Chat Completions protocol would send. */
final class ChatRequests {

    private ChatRequests() {}

    static final String STREAM =
            """
            {"model":"gpt-x","stream":true,"messages":[{"role":"user","content":"Tell me"}]}""";

    static final String STREAM_WITH_USAGE =
            """
            {"model":"gpt-x","stream":true,"stream_options":{"include_usage":true},
             "messages":[{"role":"user","content":"Tell me"}]}""";

    static final String PLAIN =
            """
            {"model":"gpt-x","messages":[{"role":"user","content":"Tell me"}]}""";

    static URI url(ScriptedProvider provider) {
        return URI.create(provider.baseUrl() + "/chat/completions");
    }

    static SseClient ask(ScriptedProvider provider, String json) {
        return SseClient.post(url(provider), json);
    }

    /** The whole text of a response that ends cleanly. */
    static String textOf(ScriptedProvider provider, String json) {
        try (SseClient client = ask(provider, json)) {
            client.awaitEnd();
            return client.text();
        }
    }
}
