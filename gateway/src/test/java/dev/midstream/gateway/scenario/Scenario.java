package dev.midstream.gateway.scenario;

import dev.midstream.gateway.scenario.Expected.Whole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way in which upstreams fail, and what is due to a client then.
 *
 * <p>Filled by its catalogue and only read from then on.
 */
final class Scenario {

    /** What else has to be so afterwards. */
    @FunctionalInterface
    interface Check {
        void accept(World world, Run.Observation observed);
    }

    private final String failure;
    private final String phase;
    private final Map<Role, Part> parts = new EnumMap<>(Role.class);
    private final List<String> router = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private boolean first;
    private Wish wish = Wish.NOTHING;
    private Set<Wire> clients = Set.of(Wire.values());
    private List<Pair> pairs = List.of();
    private @Nullable String undisturbed;
    private @Nullable Expected streamed;
    private @Nullable Expected plain;
    private final Map<Wire, Expected> streamedTo = new EnumMap<>(Wire.class);
    private final Map<Wire, Expected> plainTo = new EnumMap<>(Wire.class);
    private @Nullable Map<Role, Integer> streamedAsks;
    private @Nullable Map<Role, Integer> plainAsks;

    private Scenario(String failure, String phase) {
        this.failure = failure;
        this.phase = phase;
    }

    /**
     * @param failure what goes wrong
     * @param phase when it does, and what else matters
     */
    static Scenario of(String failure, String phase) {
        return new Scenario(failure, phase);
    }

    // ------------------------------------------------------------------------------- the setting

    /** Who answers as what. */
    Scenario with(Role role, Part part) {
        parts.put(role, part);
        return this;
    }

    Scenario primary(Part part) {
        return with(Role.PRIMARY, part);
    }

    Scenario fallback(Part part) {
        return with(Role.FALLBACK, part);
    }

    /** A fallback that says the essay, or goes on with it, as it should. */
    Scenario fallback() {
        return fallback(Part.essay());
    }

    /** A line of {@code router_settings}. */
    Scenario router(String line) {
        router.add(line);
        return this;
    }

    /** What the request asks for, besides an answer. */
    Scenario asking(Wish other) {
        wish = other;
        return this;
    }

    /** The same members in every protocol, as the inside of a JSON object. */
    Scenario asking(String json) {
        return asking(Wish.alike(json));
    }

    /** Only clients of these protocols can meet it. */
    Scenario by(Wire first, Wire... more) {
        clients = EnumSet.of(first, more);
        return this;
    }

    Scenario header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Begins before the others, because it takes its time. */
    Scenario first() {
        first = true;
        return this;
    }

    /** Played in every pairing of protocols. */
    Scenario everywhere() {
        return in(Pair.ALL);
    }

    /** In which pairings of protocols it is played. */
    Scenario in(List<Pair> some) {
        pairs = some;
        return this;
    }

    // ----------------------------------------------------------------------------------- what is
    // due

    /** What is due, streamed or not. */
    Scenario gives(Expected due) {
        streamed = due;
        plain = due;
        return this;
    }

    /** What is due to a client that streams; the other one is due the whole essay. */
    Scenario givesStreamed(Expected due) {
        streamed = due;
        plain = plain == null ? Expected.whole() : plain;
        return this;
    }

    /** What is due to a client that does not stream. */
    Scenario givesPlain(Expected due) {
        plain = due;
        return this;
    }

    /** What is due to clients of a protocol that streams it in its own way. */
    Scenario givesStreamed(Wire wire, Expected due) {
        streamedTo.put(wire, due);
        return this;
    }

    /** What is due to clients of a protocol that do not stream. */
    Scenario givesPlain(Wire wire, Expected due) {
        plainTo.put(wire, due);
        return this;
    }

    /** How many requests the primary and the fallback get. */
    Scenario asks(int primary, int fallback) {
        return asks(Map.of(Role.PRIMARY, primary, Role.FALLBACK, fallback));
    }

    /** How many requests each gets. */
    Scenario asks(Map<Role, Integer> counts) {
        streamedAsks = counts;
        plainAsks = counts;
        return this;
    }

    /** How many requests there are where the client does not stream. */
    Scenario asksPlain(int primary, int fallback) {
        plainAsks = Map.of(Role.PRIMARY, primary, Role.FALLBACK, fallback);
        return this;
    }

    /** What else has to be so afterwards. */
    Scenario check(Check more) {
        checks.add(more);
        return this;
    }

    // --------------------------------------------------------------------------------------
    // reading

    String failure() {
        return failure;
    }

    String phase() {
        return phase;
    }

    String name() {
        return failure + ", " + phase;
    }

    boolean beginsFirst() {
        return first;
    }

    Map<Role, Part> parts() {
        return parts;
    }

    List<String> router() {
        return router;
    }

    Map<String, String> headers() {
        return headers;
    }

    List<Check> checks() {
        return checks;
    }

    /**
     * Pairings in which each protocol is the primary's; where somebody else is there to speak, each
     * is the others' too.
     */
    List<Pair> pairs() {
        if (!pairs.isEmpty()) {
            return pairs;
        }
        return alone() ? Pair.SAME : Pair.eachOnce(name().hashCode());
    }

    /** The protocols whose clients can meet it. */
    List<Wire> clients() {
        return Client.wires().stream()
                .filter(clients::contains)
                .filter(wire -> wish.in(wire) != null)
                .toList();
    }

    /** Whether only the primary's protocol matters. */
    boolean alone() {
        return parts.keySet().stream().allMatch(Scenario::isPrimarys);
    }

    private static boolean isPrimarys(Role role) {
        return role.group().equals(Role.PRIMARY.group());
    }

    Expected due(Client client) {
        Expected usual =
                Objects.requireNonNull(client.stream() ? streamed : plain, "nothing is due");
        return (client.stream() ? streamedTo : plainTo).getOrDefault(client.wire(), usual);
    }

    Map<Role, Integer> asks(boolean stream) {
        return Objects.requireNonNull(stream ? streamedAsks : plainAsks, "no requests are due");
    }

    /** What the answer would have been without the failure, where that is not what is due. */
    Scenario insteadOf(String text) {
        undisturbed = text;
        return this;
    }

    /** The text of the whole answer, whether or not it is due. */
    String wholeText() {
        if (undisturbed != null) {
            return undisturbed;
        }
        return streamed instanceof Whole whole
                ? whole.text()
                : plain instanceof Whole whole ? whole.text() : Said.ESSAY;
    }

    /** What the request has besides the question, with a comma before it. */
    String members(Wire wire) {
        String members = Objects.requireNonNull(wish.in(wire), () -> "no word for it in " + wire);
        return members.isEmpty() ? "" : "," + members;
    }

    /** A chat client's request. */
    String request(boolean stream) {
        return new ChatTalk().request(this, stream);
    }

    @Override
    public String toString() {
        return name();
    }
}
