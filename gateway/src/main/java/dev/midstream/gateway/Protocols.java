package dev.midstream.gateway;

import dev.midstream.gateway.edge.Routes;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.ResponsesProtocol;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The protocols that the gateway speaks, and where: another one is a line here. */
final class Protocols {

    private static final ChatProtocol CHAT = new ChatProtocol();

    private static final MessagesProtocol MESSAGES = new MessagesProtocol();

    private static final ResponsesProtocol RESPONSES = new ResponsesProtocol();

    private static final Map<String, ClientProtocol> ASKED_AT =
            Map.of(
                    "/v1/chat/completions", CHAT,
                    "/chat/completions", CHAT,
                    "/v1/messages", MESSAGES,
                    "/messages", MESSAGES,
                    "/v1/responses", RESPONSES,
                    "/responses", RESPONSES);

    private static final List<UpstreamProtocol> SPOKEN =
            List.of(CHAT, MESSAGES, RESPONSES);

    private Protocols() {}

    static Routes routes() {
        return Routes.of(ASKED_AT);
    }

    /** What is spoken to providers, by name. */
    static Map<String, UpstreamProtocol> upstream() {
        return SPOKEN.stream()
                .collect(Collectors.toMap(UpstreamProtocol::name, Function.identity()));
    }

    /** Whose form of an error a client gets that asked nothing in particular. */
    static ClientProtocol plain() {
        return CHAT;
    }
}
