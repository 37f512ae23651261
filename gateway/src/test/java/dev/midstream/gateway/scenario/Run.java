package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One scenario, played once with one client. */
record Run(Scenario scenario, Pair pair, Client client, TransportKind transport) {

    private static final int MOST_SHOWN = 8000;

    /**
     * What was seen of it.
     *
     * @param seen by the client
     * @param asks how many requests each upstream received
     * @param line of the request log
     */
    record Observation(Seen seen, Map<Role, Integer> asks, JsonNode line) {}

    String name() {
        return "%s: %s, %s, %s"
                .formatted(scenario.name(), wires(), client, transport)
                .toLowerCase(Locale.ROOT);
    }

    /** The protocols that matter. */
    String wires() {
        return scenario.alone() ? pair.of(Role.PRIMARY).label() : pair.label();
    }

    /** Plays it and holds what is seen against what is due. */
    Observation play() {
        return play(Dues.all().of(scenario));
    }

    /** Plays it for clients to whom something else is due. */
    Observation play(Due due) {
        try (World world = new World(scenario, pair, transport)) {
            Seen seen = client.ask(world, scenario);
            JsonNode line = line(world, seen);
            world.awaitIdle();
            Map<Role, Integer> asks = asks(world);
            Observation observed = new Observation(seen, asks, line);
            verify(world, observed, due);
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

    private Map<Role, Integer> asks(World world) {
        Map<Role, Integer> asks = new EnumMap<>(Role.class);
        scenario.parts().keySet().forEach(role -> asks.put(role, world.asked(role)));
        return asks;
    }

    private void verify(World world, Observation observed, Due due) {
        try {
            due.of(client, scenario).verify(observed.seen(), client.wire());
            due.asks(client.stream())
                    .forEach(
                            (role, count) ->
                                    assertThat(observed.asks().getOrDefault(role, 0))
                                            .as("requests to %s", role.word())
                                            .isEqualTo(count));
            due.checks().forEach(check -> check.accept(world, observed));
        } catch (AssertionError wrong) {
            throw new AssertionError(wrong.getMessage() + "\n" + shortened(observed), wrong);
        }
    }

    private static String shortened(Observation observed) {
        String text = observed.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
