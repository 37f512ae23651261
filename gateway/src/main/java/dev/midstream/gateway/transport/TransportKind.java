package dev.midstream.gateway.transport;

import java.util.Locale;
import java.util.Optional;

/** How sockets are waited for. */
public enum TransportKind {
    /** Epoll where it loads, else NIO. */
    AUTO,
    /** Linux's own; fails where it does not load. */
    EPOLL,
    /** The JDK's, on every system. */
    NIO;

    /** The kind that this word names in configuration and on the command line. */
    public static Optional<TransportKind> parse(String word) {
        for (TransportKind kind : values()) {
            if (kind.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
