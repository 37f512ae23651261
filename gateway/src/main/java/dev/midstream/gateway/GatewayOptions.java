package dev.midstream.gateway;

import dev.midstream.config.Telemetry;
import dev.midstream.gateway.edge.Cors;
import dev.midstream.gateway.edge.Limits;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.model.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway listens and ends. Immutable.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param masterKey what clients have to show, null if nothing
 * @param insecure whether to listen beyond loopback without a master key
 * @param cors from which pages browsers may ask
 * @param drain how long running calls may go on when the gateway is closed
 * @param shutdownDelay for how much of that new calls are still taken
 * @param telemetry what is told of metrics and traces
 */
public record GatewayOptions(
        String host,
        int port,
        @Nullable Secret masterKey,
        boolean insecure,
        TransportKind transport,
        Limits limits,
        Cors cors,
        Duration drain,
        Duration shutdownDelay,
        Telemetry telemetry) {

    /** Loopback, any free port, no key. */
    public static final GatewayOptions DEFAULTS =
            new GatewayOptions(
                    "127.0.0.1",
                    0,
                    null,
                    false,
                    TransportKind.AUTO,
                    Limits.DEFAULTS,
                    Cors.NONE,
                    Duration.ofSeconds(25),
                    Duration.ZERO,
                    Telemetry.DEFAULTS);

    public GatewayOptions at(String host, int port) {
        return new GatewayOptions(
                host,
                port,
                masterKey,
                insecure,
                transport,
                limits,
                cors,
                drain,
                shutdownDelay,
                telemetry);
    }

    public GatewayOptions withMasterKey(@Nullable Secret key) {
        return new GatewayOptions(
                host,
                port,
                key,
                insecure,
                transport,
                limits,
                cors,
                drain,
                shutdownDelay,
                telemetry);
    }

    public GatewayOptions withInsecure(boolean allowed) {
        return new GatewayOptions(
                host,
                port,
                masterKey,
                allowed,
                transport,
                limits,
                cors,
                drain,
                shutdownDelay,
                telemetry);
    }

    public GatewayOptions on(TransportKind kind) {
        return new GatewayOptions(
                host,
                port,
                masterKey,
                insecure,
                kind,
                limits,
                cors,
                drain,
                shutdownDelay,
                telemetry);
    }

    public GatewayOptions within(Limits other) {
        return new GatewayOptions(
                host,
                port,
                masterKey,
                insecure,
                transport,
                other,
                cors,
                drain,
                shutdownDelay,
                telemetry);
    }

    public GatewayOptions withCors(Cors other) {
        return new GatewayOptions(
                host,
                port,
                masterKey,
                insecure,
                transport,
                limits,
                other,
                drain,
                shutdownDelay,
                telemetry);
    }

    public GatewayOptions drainingFor(Duration time) {
        return new GatewayOptions(
                host,
                port,
                masterKey,
                insecure,
                transport,
                limits,
                cors,
                time,
                shutdownDelay,
                telemetry);
    }

    /** New calls are still taken for this long. */
    public GatewayOptions delayingShutdown(Duration time) {
        return new GatewayOptions(
                host, port, masterKey, insecure, transport, limits, cors, drain, time, telemetry);
    }

    public GatewayOptions telling(Telemetry other) {
        return new GatewayOptions(
                host,
                port,
                masterKey,
                insecure,
                transport,
                limits,
                cors,
                drain,
                shutdownDelay,
                other);
    }
}
