package dev.midstream.gateway.scenario;

import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.testkit.BlackHole;
import dev.midstream.testkit.ScriptedProvider;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scripted upstreams on real sockets, and the configuration by which they are asked. Thread-safe
 * once all of them are there.
 */
final class Upstreams implements AutoCloseable {

    private final Map<Role, ScriptedProvider> providers = new EnumMap<>(Role.class);
    private final Map<String, String> environment = new HashMap<>();
    private final List<AutoCloseable> others = new ArrayList<>();

    /**
     * @param parts who stands behind {@code os.environ/PRIMARY_URL} and so on
     * @param variables further ones of the environment
     */
    Upstreams(Map<Role, Part> parts, Pair pair, Map<String, String> variables) {
        parts.forEach((role, part) -> open(role, part, pair.of(role)));
        environment.putAll(variables);
    }

    private void open(Role role, Part part, Wire wire) {
        ScriptedProvider provider =
                ScriptedProvider.start(role.word(), part.dialect(wire), part.plays().get());
        providers.put(role, provider);
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

    /** Of the environment; null if there is none. */
    @Nullable String variable(String name) {
        return environment.get(name);
    }

    // --------------------------------------------------------------------------- configuration

    /** As an operator writes it. */
    static String yaml(Scenario scenario, Pair pair) {
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

    /** What such a text says here. */
    Configuration read(String yaml) {
        try {
            return new ConfigurationReader(this::variable, Upstreams::noFile)
                    .read("config.yaml", yaml);
        } catch (InvalidConfiguration e) {
            throw new AssertionError("the configuration cannot be used\n" + yaml, e);
        }
    }

    private static String noFile(String path) throws IOException {
        throw new IOException("there are no files here: " + path);
    }

    // ------------------------------------------------------------------------------- who is there

    ScriptedProvider provider(Role role) {
        return Objects.requireNonNull(providers.get(role), () -> "no " + role);
    }

    /** How many requests a role has received; 0 where it is not there. */
    int asked(Role role) {
        return providers.containsKey(role) ? provider(role).requests().size() : 0;
    }

    /** The same of all that are there. */
    Map<Role, Integer> asks() {
        Map<Role, Integer> asks = new EnumMap<>(Role.class);
        providers.forEach((role, provider) -> asks.put(role, provider.requests().size()));
        return asks;
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        others.add(closeable);
        return closeable;
    }

    /** Closes everything; afterwards no connection to an upstream may be left. */
    @Override
    public void close() {
        providers.values().forEach(ScriptedProvider::awaitNoConnections);
        providers.values().forEach(ScriptedProvider::close);
        others.forEach(Upstreams::close);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
