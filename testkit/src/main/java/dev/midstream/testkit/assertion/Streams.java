package dev.midstream.testkit.assertion;

import dev.midstream.testkit.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * The door to judgements of what a client received: an event stream in the wire form of its
 * protocol, which is the body of a response without its transport framing.
 */
public final class Streams {

    private Streams() {}

    /** A stream of Chat Completions. */
    public static StreamCheck chat(String body) {
        return of(Protocol.CHAT, body);
    }

    /** A stream of Chat Completions. */
    public static StreamCheck chat(byte[] body) {
        return of(Protocol.CHAT, body);
    }

    /** A stream of Messages. */
    public static StreamCheck messages(String body) {
        return of(Protocol.MESSAGES, body);
    }

    /** A stream of Messages. */
    public static StreamCheck messages(byte[] body) {
        return of(Protocol.MESSAGES, body);
    }

    /** A stream of Responses. */
    public static StreamCheck responses(String body) {
        return of(Protocol.RESPONSES, body);
    }

    /** A stream of Responses. */
    public static StreamCheck responses(byte[] body) {
        return of(Protocol.RESPONSES, body);
    }

    /** A stream of this protocol. */
    public static StreamCheck of(Protocol protocol, String body) {
        return of(protocol, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A stream of this protocol. */
    public static StreamCheck of(Protocol protocol, byte[] body) {
        return new StreamCheck(protocol, body.clone());
    }
}
