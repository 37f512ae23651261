package dev.midstream.gateway.scenario;

import dev.midstream.config.Configuration;
import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One gateway between scripted upstreams and its clients, all on real sockets. Thread-safe once it
 * is started.
 */
final class World implements AutoCloseable {

    /** Never reached by a test that passes, however busy the machine is. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final JsonMapper JSON = JsonMapper.builder().build();

    /** From the end of an answer to its line in the log. */
    private static final Duration LOGGING = Duration.ofSeconds(10);

    private static final Duration DRAIN = Duration.ofMillis(200);

    private final Upstreams upstreams;
    private final List<SseClient> clients = new ArrayList<>();
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final Gateway gateway;

    /** The world of a scenario. */
    World(Scenario scenario, Pair pair, TransportKind transport) {
        upstreams = new Upstreams(scenario.parts(), pair, Map.of());
        gateway = start(Upstreams.yaml(scenario, pair), GatewayOptions.DEFAULTS.on(transport));
    }

    /**
     * A world with a configuration of its own.
     *
     * @param parts who stands behind {@code os.environ/PRIMARY_URL} and so on
     * @param variables further ones of the environment
     */
    World(Map<Role, Part> parts, Pair pair, String yaml, Map<String, String> variables) {
        upstreams = new Upstreams(parts, pair, variables);
        gateway = start(yaml, GatewayOptions.DEFAULTS);
    }

    /** As the other one, with nothing further in the environment. */
    World(Map<Role, Part> parts, Pair pair, String yaml) {
        this(parts, pair, yaml, Map.of());
    }

    private Gateway start(String yaml, GatewayOptions options) {
        Configuration configuration = upstreams.read(yaml);
        return Gateway.start(
                options.withMasterKey(configuration.general().masterKey()).drainingFor(DRAIN),
                configuration.router(),
                RequestLog.json(log::add));
    }

    // ------------------------------------------------------------------------------- who is there

    Gateway gateway() {
        return gateway;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    ScriptedProvider provider(Role role) {
        return upstreams.provider(role);
    }

    /** How many requests a role has received; 0 where it is not there. */
    int asked(Role role) {
        return upstreams.asked(role);
    }

    // ------------------------------------------------------------------------------------ clients

    URI at(String path) {
        return gateway.baseUrl().resolve(path);
    }

    /** Posts to the chat endpoint. */
    SseClient ask(String body, Map<String, String> headers) {
        return ask("/v1/chat/completions", body, headers);
    }

    SseClient ask(String path, String body, Map<String, String> headers) {
        SseClient.Builder request = SseClient.to(at(path));
        headers.forEach(request::header);
        return kept(request.post(body));
    }

    /** A client that is closed with the world. */
    SseClient kept(SseClient client) {
        clients.add(client);
        return client;
    }

    // ------------------------------------------------------------------------------------- the end

    /** The next line of the request log. */
    JsonNode nextLogLine() {
        try {
            String line = log.poll(LOGGING.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("waited in vain for a line of the request log");
            }
            return JSON.readTree(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until the gateway does nothing any more. */
    void awaitIdle() {
        await(
                () -> gateway.liveCalls() == 0 && gateway.upstreamsInUse() == 0,
                () -> gateway.liveCalls() + " calls, upstreams: " + gateway.upstreamsInUse());
    }

    /**
     * Waits until something is so.
     *
     * @param still there, for people
     */
    static void await(BooleanSupplier so, Supplier<String> still) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("still " + still.get());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Closes everything; afterwards no connection to an upstream may be left. */
    @Override
    public void close() {
        clients.forEach(SseClient::close);
        gateway.close();
        upstreams.close();
    }
}
