package dev.midstream.gateway.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.Version;
import dev.midstream.gateway.edge.Document;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.metrics.Exposition;
import dev.midstream.gateway.metrics.Metrics;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.RouterConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of all rehearsals of a drill together, for a Prometheus to scrape: what a board shows
 * when providers break, before any has. Thread-safe.
 */
public final class Scoreboard implements AutoCloseable {

    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final Metrics metrics;
    private final HttpServer server;
    private final Set<Gateway> running = ConcurrentHashMap.newKeySet();
    private final Map<String, DeploymentState> settled = new ConcurrentHashMap<>();

    private Scoreboard(RouterConfig config, HttpServer server) {
        this.metrics =
                new Metrics(
                        new Metrics.Sights(
                                Version.current(),
                                () -> config,
                                running::size,
                                this::deployments,
                                false));
        this.server = server;
        server.createContext("/metrics", exchange -> show(exchange));
        server.start();
    }

    /**
     * Begins to show them on loopback.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException if nothing can listen there
     */
    public static Scoreboard at(int port, RouterConfig config) {
        try {
            return new Scoreboard(
                    config,
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port " + port + " cannot be listened on: " + e.getMessage(), e);
        }
    }

    /** Where they are. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    }

    /** Hears of every request that is played. */
    RequestLog log() {
        return metrics;
    }

    void began(Gateway gateway) {
        running.add(gateway);
    }

    void ended(Gateway gateway) {
        if (running.remove(gateway)) {
            gateway.deployments()
                    .forEach(state -> settled.merge(state.id(), still(state), Scoreboard::sum));
        }
    }

    private static DeploymentState still(DeploymentState state) {
        return new DeploymentState(state.id(), state.group(), 0, null, null, state.cooldowns());
    }

    /** What is known of each deployment in all rehearsals, those that are over included. */
    private List<DeploymentState> deployments() {
        Map<String, DeploymentState> byId = new LinkedHashMap<>(settled);
        for (Gateway gateway : running) {
            gateway.deployments().forEach(state -> byId.merge(state.id(), state, Scoreboard::sum));
        }
        return List.copyOf(byId.values());
    }

    private static DeploymentState sum(DeploymentState one, DeploymentState other) {
        return new DeploymentState(
                one.id(),
                one.group(),
                one.inFlight() + other.inFlight(),
                longer(one.cooledFor(), other.cooledFor()),
                one.cause() != null ? one.cause() : other.cause(),
                one.cooldowns() + other.cooldowns());
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        return one == null || other != null && other.compareTo(one) > 0 ? other : one;
    }

    private void show(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/metrics")) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            Document.Content content =
                    new Exposition(metrics, true)
                            .content(exchange.getRequestHeaders().getFirst("accept"));
            exchange.getResponseHeaders().set("content-type", content.type());
            exchange.sendResponseHeaders(OK, content.body().length);
            exchange.getResponseBody().write(content.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
