package dev.midstream.gateway.scenario;

import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Wire;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is due to the clients of one scenario. Filled by {@link Dues} and only read from then on.
 */
final class Due {

    /** What else has to be so afterwards. */
    @FunctionalInterface
    interface Check {
        void accept(World world, Run.Observation observed);
    }

    private @Nullable Expected streamed;
    private @Nullable Expected plain;
    private final Map<Wire, Expected> streamedTo = new EnumMap<>(Wire.class);
    private Map<Role, Integer> streamedAsks;
    private Map<Role, Integer> plainAsks;
    private final List<Check> checks = new ArrayList<>();

    private Due(Map<Role, Integer> asks) {
        streamedAsks = asks;
        plainAsks = asks;
    }

    /** The whole answer; the primary and the fallback get so many requests. */
    static Due whole(int primary, int fallback) {
        return new Due(Map.of(Role.PRIMARY, primary, Role.FALLBACK, fallback));
    }

    /** The whole answer; each gets so many requests. */
    static Due whole(int primary, int fallback, int third) {
        return new Due(Map.of(Role.PRIMARY, primary, Role.FALLBACK, fallback, Role.THIRD, third));
    }

    /** The whole answer; each gets so many requests. */
    static Due whole(Map<Role, Integer> asks) {
        return new Due(asks);
    }

    /** What is due, streamed or not. */
    Due gives(Expected due) {
        streamed = due;
        plain = due;
        return this;
    }

    /** What is due to a client that streams; the other one is due the whole answer. */
    Due streamed(Expected due) {
        streamed = due;
        return this;
    }

    /** What is due to clients of a protocol that streams it in its own way. */
    Due streamed(Wire wire, Expected due) {
        streamedTo.put(wire, due);
        return this;
    }

    /** What is due to a client that does not stream. */
    Due plain(Expected due) {
        plain = due;
        return this;
    }

    /** How many requests there are where the client does not stream. */
    Due asksPlain(int primary, int fallback) {
        plainAsks = Map.of(Role.PRIMARY, primary, Role.FALLBACK, fallback);
        return this;
    }

    /** What else has to be so afterwards. */
    Due check(Check more) {
        checks.add(more);
        return this;
    }

    Expected of(Client client, Scenario scenario) {
        Expected usual = client.stream() ? streamed : plain;
        Expected whole = Objects.requireNonNullElse(usual, Expected.whole(scenario.wholeText()));
        return client.stream() ? streamedTo.getOrDefault(client.wire(), whole) : whole;
    }

    Map<Role, Integer> asks(boolean stream) {
        return stream ? streamedAsks : plainAsks;
    }

    List<Check> checks() {
        return checks;
    }
}
