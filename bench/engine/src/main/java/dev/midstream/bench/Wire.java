package dev.midstream.bench;

import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.ResponsesProtocol;
import java.util.Locale;

/** A protocol, on either side. */
public enum Wire {
    CHAT,
    MESSAGES,
    RESPONSES;

    static Wire of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    ClientProtocol client() {
        return switch (this) {
            case CHAT -> new ChatProtocol();
            case MESSAGES -> new MessagesProtocol();
            case RESPONSES -> new ResponsesProtocol();
        };
    }

    UpstreamProtocol upstream() {
        return switch (this) {
            case CHAT -> new ChatProtocol();
            case MESSAGES -> new MessagesProtocol();
            case RESPONSES -> new ResponsesProtocol();
        };
    }
}
