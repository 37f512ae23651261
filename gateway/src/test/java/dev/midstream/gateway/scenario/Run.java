package dev.midstream.gateway.scenario;

import dev.midstream.gateway.scenario.Observation.Taken;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** With one client of a gateway. */
record Run(Scenario scenario, Pair pair, Client client, TransportKind transport) implements Play {

    @Override
    public String name() {
        return "%s: %s, %s, %s"
                .formatted(scenario.name(), wires(), client, transport)
                .toLowerCase(Locale.ROOT);
    }

    /** The protocols that matter. */
    String wires() {
        return scenario.alone() ? pair.of(Role.PRIMARY).label() : pair.label();
    }

    @Override
    public Observation play() {
        return play(Dues.all().of(scenario));
    }

    /** Plays it for clients to whom something else is due. */
    Observation play(Due due) {
        try (World world = new World(scenario, pair, transport)) {
            Seen seen = client.ask(world, scenario);
            JsonNode line = line(world, seen);
            world.awaitIdle();
            Observation observed =
                    new Observation(seen, world.upstreams().asks(), attempts(line), line);
            verify(world.upstreams(), observed, due);
            return observed;
        }
    }

    private static JsonNode line(World world, Seen seen) {
        try {
            return world.nextLogLine();
        } catch (AssertionError missing) {
            throw new AssertionError(missing.getMessage() + "\n" + seen, missing);
        }
    }

    private static List<Taken> attempts(JsonNode line) {
        return line.path("attempts")
                .valueStream()
                .map(a -> new Taken(a.path("method").asString(), a.path("seam").asString("–")))
                .toList();
    }

    private void verify(Upstreams upstreams, Observation observed, Due due) {
        try {
            due.of(client.wire(), client.stream(), scenario).verify(observed.seen(), client.wire());
            due.verify(upstreams, observed, client.stream());
            due.verify(observed.line());
        } catch (AssertionError wrong) {
            throw new AssertionError(wrong.getMessage() + "\n" + observed.shortened(), wrong);
        }
    }
}
