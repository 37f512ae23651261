package dev.midstream.routing;

import dev.midstream.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What lies between us and a provider. Immutable; equal passages share connections.
 *
 * @param trust whose certificates are taken
 * @param proxy what connections go through, null for nothing
 */
public record Passage(Trust trust, @Nullable Proxy proxy) {

    /** Nothing in between, the system's certificates. */
    public static final Passage DIRECT = new Passage(new Trust.Usual(), null);

    /** Whose certificates are taken. */
    public sealed interface Trust {

        /** Those that the Java installation brings along. */
        record Usual() implements Trust {}

        /**
         * These too.
         *
         * @param pem one or more X.509 certificates in PEM
         */
        record Also(String pem) implements Trust {}

        /** Anybody's: nothing is checked. */
        record Anybody() implements Trust {}
    }

    /** How a proxy is spoken to. */
    public enum Kind {
        /** {@code CONNECT} over HTTP/1.1. */
        HTTP,
        SOCKS5
    }

    /**
     * @param user null where it asks for none
     * @param password null where it asks for none
     */
    public record Proxy(
            Kind kind, String host, int port, @Nullable String user, @Nullable Secret password) {}
}
