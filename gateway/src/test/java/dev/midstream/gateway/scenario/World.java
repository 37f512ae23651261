package dev.midstream.gateway.scenario;

import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.BlackHole;
import dev.midstream.testkit.Responder;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    private final Map<Role, ScriptedProvider> providers = new EnumMap<>(Role.class);
    private final Map<Role, Responder> responders = new EnumMap<>(Role.class);
    private final Map<String, String> environment = new HashMap<>();
    private final List<AutoCloseable> others = new ArrayList<>();
    private final List<SseClient> clients = new ArrayList<>();
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final Gateway gateway;

    /** The world of a scenario. */
    World(Scenario scenario, Pair pair, TransportKind transport) {
        scenario.parts().forEach((role, part) -> open(role, part, pair.of(role)));
        gateway = start(yaml(scenario, pair), GatewayOptions.DEFAULTS.on(transport));
    }

    /**
     * A world with a configuration of its own.
     *
     * @param parts who stands behind {@code os.environ/PRIMARY_URL} and so on
     * @param variables further ones of the environment
     */
    World(Map<Role, Part> parts, Pair pair, String yaml, Map<String, String> variables) {
        parts.forEach((role, part) -> open(role, part, pair.of(role)));
        environment.putAll(variables);
        gateway = start(yaml, GatewayOptions.DEFAULTS);
    }

    /** As the other one, with nothing further in the environment. */
    World(Map<Role, Part> parts, Pair pair, String yaml) {
        this(parts, pair, yaml, Map.of());
    }

    private void open(Role role, Part part, Wire wire) {
        Responder responder = part.plays().get();
        ScriptedProvider provider =
                ScriptedProvider.start(role.word(), part.dialect(wire), responder);
        providers.put(role, provider);
        responders.put(role, responder);
        environment.put(role.name() + "_URL", url(role, part));
        environment.put(role.name() + "_KEY", role.key());
    }

    private String url(Role role, Part part) {
        ScriptedProvider provider = provider(role);
        return switch (part.reach()) {
            case OPEN -> provider.baseUrl().toString();
            case REFUSED -> provider.baseUrl().toString().replace(port(provider), takenPort());
            case SILENT -> {
                BlackHole hole = BlackHole.open();
                others.add(hole);
                yield hole.origin().toString();
            }
        };
    }

    private static String port(ScriptedProvider provider) {
        return ":" + provider.baseUrl().getPort();
    }

    /** Nobody listens there, and nobody of another world can begin to. */
    private String takenPort() {
        Socket bound = keep(new Socket());
        try {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ":" + bound.getLocalPort();
    }

    private Gateway start(String yaml, GatewayOptions options) {
        Configuration configuration;
        try {
            configuration =
                    new ConfigurationReader(environment::get, World::noFile)
                            .read("config.yaml", yaml);
        } catch (InvalidConfiguration e) {
            throw new AssertionError("the configuration cannot be used\n" + yaml, e);
        }
        return Gateway.start(
                options.withMasterKey(configuration.general().masterKey()).drainingFor(DRAIN),
                configuration.router(),
                RequestLog.json(log::add));
    }

    private static String noFile(String path) throws IOException {
        throw new IOException("there are no files here: " + path);
    }

    // --------------------------------------------------------------------------- configuration

    private static String yaml(Scenario scenario, Pair pair) {
        StringBuilder yaml = new StringBuilder("model_list:\n");
        scenario.parts().forEach((role, part) -> yaml.append(entry(role, part, pair.of(role))));
        yaml.append("router_settings:\n");
        List<String> groups =
                scenario.parts().keySet().stream()
                        .map(Role::group)
                        .filter(group -> !group.equals(Role.PRIMARY.group()))
                        .toList();
        yaml.append("  fallbacks: ")
                .append(groups.isEmpty() ? "[]" : "[{primary: " + groups + "}]")
                .append('\n');
        scenario.router().forEach(line -> yaml.append("  ").append(line).append('\n'));
        return yaml.toString();
    }

    private static String entry(Role role, Part part, Wire wire) {
        return """
                 - model_name: %s
                   litellm_params: {model: %s, api_base: os.environ/%s_URL, api_key: os.environ/%s_KEY%s}
                   model_info: {%s}
               """
                .formatted(
                        role.group(),
                        part.model().apply(wire),
                        role.name(),
                        role.name(),
                        part.params().isEmpty() ? "" : ", " + part.params(),
                        info(part, wire));
    }

    private static String info(Part part, Wire wire) {
        return part.info().isEmpty() || wire.info().isEmpty()
                ? part.info() + wire.info()
                : part.info() + ", " + wire.info();
    }

    // ------------------------------------------------------------------------------- who is there

    Gateway gateway() {
        return gateway;
    }

    ScriptedProvider provider(Role role) {
        return Objects.requireNonNull(providers.get(role), () -> "no " + role);
    }

    /** Who answers as this role. */
    Responder responder(Role role) {
        return Objects.requireNonNull(responders.get(role), () -> "no " + role);
    }

    /** How many requests a role has received; 0 where it is not there. */
    int asked(Role role) {
        return providers.containsKey(role) ? provider(role).requests().size() : 0;
    }

    /** Sees to it that something is closed together with the world. */
    <T extends AutoCloseable> T keep(T closeable) {
        others.add(closeable);
        return closeable;
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
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (gateway.liveCalls() > 0 || gateway.upstreamsInUse() > 0) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError(
                        "still %d calls and %d upstreams"
                                .formatted(gateway.liveCalls(), gateway.upstreamsInUse()));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Closes everything; afterwards no connection to an upstream may be left. */
    @Override
    public void close() {
        clients.forEach(SseClient::close);
        gateway.close();
        providers.values().forEach(ScriptedProvider::awaitNoConnections);
        providers.values().forEach(ScriptedProvider::close);
        others.forEach(World::close);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
