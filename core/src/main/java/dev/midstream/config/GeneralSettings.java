package dev.midstream.config;

import dev.midstream.model.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway itself is told. Immutable.
 *
 * @param masterKey the key that clients must show, null if none is asked for
 * @param host the address to listen on, null if the configuration says nothing
 * @param port null if the configuration says nothing
 * @param maxRequestBytes the largest request body that is taken
 * @param maxParallelRequests how many requests are carried out at once, null for any number
 * @param corsOrigins the origins whose pages may ask from a browser; {@code *} alone for all
 * @param drainTimeout how long running requests may go on once the gateway is stopped, null if the
 *     configuration says nothing
 * @param shutdownDelay how long new requests are still taken then, so that load balancers see that
 *     it is going
 */
public record GeneralSettings(
        @Nullable Secret masterKey,
        @Nullable String host,
        @Nullable Integer port,
        long maxRequestBytes,
        @Nullable Integer maxParallelRequests,
        List<String> corsOrigins,
        @Nullable Duration drainTimeout,
        Duration shutdownDelay,
        Transport transport) {

    public GeneralSettings {
        corsOrigins = List.copyOf(corsOrigins);
    }

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
            new GeneralSettings(
                    null,
                    null,
                    null,
                    DEFAULT_MAX_REQUEST_BYTES,
                    null,
                    List.of(),
                    null,
                    Duration.ZERO,
                    Transport.AUTO);
}
