package dev.midstream.testkit;

/**
 * How an exchange ended, and how far its answer had come.
 *
 * <p>Immutable.
 *
 * @param events events and comments handed whole to the socket
 * @param bytes bytes of the body handed to the socket, without framing
 * @param atNanos {@link System#nanoTime()} at the end
 */
public record ExchangeEnd(Kind kind, int events, long bytes, long atNanos) {

    /** Who ended it, and how. */
    public enum Kind {
        /** The whole response was sent. */
        ANSWERED,
        /** The script broke the connection. */
        BROKEN,
        /** The client closed its connection (FIN) before the response was through. */
        CLIENT_CLOSED,
        /** The client reset its connection (RST) before the response was through. */
        CLIENT_RESET,
        /** The provider was closed by the test. */
        PROVIDER_CLOSED
    }

    @Override
    public String toString() {
        return kind + " after " + events + " events, " + bytes + " bytes";
    }

    /** Whether the client left before the response was through. */
    public boolean clientLeft() {
        return kind == Kind.CLIENT_CLOSED || kind == Kind.CLIENT_RESET;
    }
}
