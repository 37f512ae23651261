package dev.midstream.testkit;

import tools.jackson.databind.node.ObjectNode;

/** Talks to a scripted model through a socket, in chat, and checks the grammar of each answer. */
final class ModelTalk implements AutoCloseable {

    private final ScriptedProvider provider;

    ModelTalk(ScriptedModel model) {
        provider = ScriptedProvider.start("model", Dialect.chat(), model);
    }

    /** A request with these messages, role and content in turn. */
    static ObjectNode request(String... rolesAndTexts) {
        ObjectNode body = Json.object().put("model", "gpt-x").put("stream", true);
        var messages = body.putArray("messages");
        for (int i = 0; i < rolesAndTexts.length; i += 2) {
            messages.addObject().put("role", rolesAndTexts[i]).put("content", rolesAndTexts[i + 1]);
        }
        return body;
    }

    ChatTranscript ask(ObjectNode request) {
        return ChatStreamGrammar.check(body(request));
    }

    /** The stream as it is, broken or not. */
    String body(ObjectNode request) {
        return ChatRequests.textOf(provider, Json.write(request));
    }

    SseClient connect(ObjectNode request) {
        return ChatRequests.ask(provider, Json.write(request));
    }

    @Override
    public void close() {
        provider.close();
    }
}
