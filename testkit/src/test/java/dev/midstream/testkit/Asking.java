package dev.midstream.testkit;

import java.net.URI;

/** The same question in every protocol, as its clients ask it. */
public final class Asking {

    private Asking() {}

    /** Asks for a story. */
    public static SseClient ask(Protocol protocol, ScriptedProvider provider, boolean stream) {
        return ask(protocol, provider, stream, "{\"role\":\"user\",\"content\":\"Tell me.\"}");
    }

    /** Asks with this conversation, which is the inside of a JSON array. */
    public static SseClient ask(
            Protocol protocol, ScriptedProvider provider, boolean stream, String turns) {
        String members = "{\"model\":\"m-1\",\"stream\":" + stream;
        return switch (protocol) {
            case CHAT ->
                    SseClient.to(at(provider, "/chat/completions"))
                            .header("authorization", "Bearer sk-one")
                            .post(
                                    members
                                            + ",\"stream_options\":{\"include_usage\":true}"
                                            + ",\"messages\":["
                                            + turns
                                            + "]}");
            case MESSAGES ->
                    SseClient.to(URI.create(provider.origin() + "/v1/messages"))
                            .header("anthropic-version", "2023-06-01")
                            .header("x-api-key", "sk-one")
                            .post(members + ",\"max_tokens\":999,\"messages\":[" + turns + "]}");
            case RESPONSES ->
                    SseClient.to(at(provider, "/responses"))
                            .header("authorization", "Bearer sk-one")
                            .post(members + ",\"input\":[" + turns + "]}");
        };
    }

    private static URI at(ScriptedProvider provider, String path) {
        return URI.create(provider.baseUrl() + path);
    }
}
