package dev.midstream.gateway.scenario;

import dev.midstream.client.Router;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Scenario;
import java.util.Map;

/** A router of the library, on the same configuration and upstreams as a gateway would be. */
final class Library implements AutoCloseable {

    private final Upstreams upstreams;
    private final Router router;

    Library(Scenario scenario, Pair pair) {
        upstreams = new Upstreams(scenario.parts(), pair, Map.of());
        router =
                Router.builder()
                        .yaml(Upstreams.yaml(scenario, pair))
                        .environment(upstreams::variable)
                        .build();
    }

    Upstreams upstreams() {
        return upstreams;
    }

    Router router() {
        return router;
    }

    /** Waits until no call is carried out any more. */
    void awaitIdle() {
        World.await(() -> router.activeCalls() == 0, () -> router.activeCalls() + " calls");
    }

    /** Closes everything; afterwards no connection to an upstream may be left. */
    @Override
    public void close() {
        router.close();
        upstreams.close();
    }
}
