package dev.midstream.config;

import dev.midstream.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway itself is told. Immutable.
 *
 * @param masterKey the key that clients must show, null if none is asked for
 * @param host the address to listen on, null if the configuration says nothing
 * @param port null if the configuration says nothing
 * @param maxRequestBytes the largest request body that is taken
 */
public record GeneralSettings(
        @Nullable Secret masterKey,
        @Nullable String host,
        @Nullable Integer port,
        long maxRequestBytes,
        Transport transport) {

    /** What the sockets are driven by. */
    public enum Transport {
        /** Epoll where there is one, else NIO. */
        AUTO,
        EPOLL,
        NIO
    }

    /** The largest request body where the configuration says nothing. */
    public static final long DEFAULT_MAX_REQUEST_BYTES = 32L << 20;

    public static final GeneralSettings DEFAULTS =
            new GeneralSettings(null, null, null, DEFAULT_MAX_REQUEST_BYTES, Transport.AUTO);
}
