package dev.midstream.gateway.cli;

import dev.midstream.config.GeneralSettings;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.edge.Cors;
import dev.midstream.gateway.edge.Limits;
import dev.midstream.gateway.transport.TransportKind;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of how to serve; null where it leaves that to the configuration.
 * Immutable.
 */
record ServeOptions(
        @Nullable Integer port,
        @Nullable String host,
        boolean insecure,
        @Nullable Duration drain,
        @Nullable TransportKind transport) {

    private static final int DEFAULT_PORT = 4000;
    private static final String LOOPBACK = "127.0.0.1";

    /** These, before those of the configuration, before ours. */
    GatewayOptions over(GeneralSettings general) {
        Integer listed = port != null ? port : general.port();
        String where = host != null ? host : general.host();
        return GatewayOptions.DEFAULTS
                .at(
                        Objects.requireNonNullElse(where, LOOPBACK),
                        Objects.requireNonNullElse(listed, DEFAULT_PORT))
                .withMasterKey(general.masterKey())
                .withInsecure(insecure)
                .on(transport != null ? transport : kind(general))
                .within(limits(general))
                .withCors(new Cors(general.corsOrigins()))
                .drainingFor(draining(general))
                .delayingShutdown(general.shutdownDelay());
    }

    private static Limits limits(GeneralSettings general) {
        int bytes = (int) Math.min(Integer.MAX_VALUE - 8, general.maxRequestBytes());
        Integer calls = general.maxParallelRequests();
        return Limits.DEFAULTS
                .withMaxBodyBytes(bytes)
                .withMaxCalls(Objects.requireNonNullElse(calls, Integer.MAX_VALUE));
    }

    private Duration draining(GeneralSettings general) {
        return drain != null
                ? drain
                : Objects.requireNonNullElse(
                        general.drainTimeout(), GatewayOptions.DEFAULTS.drain());
    }

    private static TransportKind kind(GeneralSettings general) {
        return switch (general.transport()) {
            case AUTO -> TransportKind.AUTO;
            case EPOLL -> TransportKind.EPOLL;
            case NIO -> TransportKind.NIO;
        };
    }
}
