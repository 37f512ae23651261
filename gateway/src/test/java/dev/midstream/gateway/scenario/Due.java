package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Wire;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is due to the clients of one scenario. Filled by {@link Dues} and only read from then on.
 */
final class Due {

    private @Nullable Expected streamed;
    private @Nullable Expected plain;
    private final Map<Wire, Expected> streamedTo = new EnumMap<>(Wire.class);
    private @Nullable String left;
    private Map<Role, Integer> streamedAsks;
    private Map<Role, Integer> plainAsks;
    private final List<Consumer<Upstreams>> checks = new ArrayList<>();
    private final List<Consumer<JsonNode>> logged = new ArrayList<>();

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

    /** The text that holds in the end, where part of what was streamed is superseded. */
    Due leaving(String text) {
        left = text;
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

    /** What else upstreams have to have been asked. */
    Due check(Consumer<Upstreams> more) {
        checks.add(more);
        return this;
    }

    /** What the line of the request log has to tell. */
    Due logged(Consumer<JsonNode> more) {
        logged.add(more);
        return this;
    }

    /**
     * What is due as an answer.
     *
     * @param wire what is spoken
     */
    Expected of(Wire wire, boolean stream, Scenario scenario) {
        Expected usual = stream ? streamed : plain;
        Expected whole = Objects.requireNonNullElse(usual, Expected.whole(scenario.wholeText()));
        return stream ? streamedTo.getOrDefault(wire, whole) : whole;
    }

    /** The text that holds in the end of what was due as a whole. */
    String left(String text, boolean stream) {
        return stream ? Objects.requireNonNullElse(left, text) : text;
    }

    /** Judges what upstreams were asked. */
    void verify(Upstreams upstreams, Observation observed, boolean stream) {
        (stream ? streamedAsks : plainAsks)
                .forEach(
                        (role, count) ->
                                assertThat(observed.asks().getOrDefault(role, 0))
                                        .as("requests to %s", role.word())
                                        .isEqualTo(count));
        checks.forEach(check -> check.accept(upstreams));
    }

    /** Judges a line of the request log. */
    void verify(JsonNode line) {
        logged.forEach(check -> check.accept(line));
    }
}
