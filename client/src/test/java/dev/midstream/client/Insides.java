package dev.midstream.client;

import dev.midstream.client.spi.Clock;
import dev.midstream.client.spi.Provider;
import dev.midstream.client.spi.Transport;
import dev.midstream.driver.Journal;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.RouterConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** What the simulation needs of a router beside its face. */
public final class Insides {

    private final Engine engine;
    public final Router router;

    /**
     * @param executor in place of the router's threads
     */
    public Insides(
            RouterConfig config,
            Transport transport,
            Clock clock,
            Map<String, Provider> providers,
            List<RouterListener> listeners,
            @Nullable RecoveryPolicy policy,
            ExecutorService executor,
            Journal journal) {
        engine =
                new Engine(
                        new RouterParts(config, transport, clock, providers, listeners, policy),
                        executor,
                        journal);
        router = new Router(engine);
    }

    /** Reads a configuration with providers that are plugged in under these names. */
    public static RouterConfig config(String yaml, Map<String, Provider> providers) {
        RouterBuilder builder = new RouterBuilder().yaml(yaml);
        providers.forEach(builder::provider);
        return builder.plan().config();
    }

    public List<DeploymentState> deployments(long now) {
        return engine.routing.fleet().snapshot(now);
    }

    /** Whether whoever takes the next item does not have to wait for it. */
    public static boolean ready(AnswerStream<?> stream) {
        return stream.ready();
    }
}
