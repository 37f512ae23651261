package dev.midstream.testkit.scenario;

import dev.midstream.testkit.ModelAnswer;
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
public final class Scenario {

    private final String failure;
    private final String phase;
    private final Map<Role, Part> parts = new EnumMap<>(Role.class);
    private final List<String> router = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean first;
    private Wish wish = Wish.NOTHING;
    private Set<Wire> clients = Set.of(Wire.values());
    private List<Pair> pairs = List.of();
    private ModelAnswer answer = ModelAnswer.text(Said.ESSAY);
    private final List<String> others = new ArrayList<>();

    private Scenario(String failure, String phase) {
        this.failure = failure;
        this.phase = phase;
    }

    /**
     * @param failure what goes wrong
     * @param phase when it does, and what else matters
     */
    public static Scenario of(String failure, String phase) {
        return new Scenario(failure, phase);
    }

    // ------------------------------------------------------------------------------- the setting

    /** Who answers as what. */
    public Scenario with(Role role, Part part) {
        parts.put(role, part);
        return this;
    }

    /** Who answers first. */
    public Scenario primary(Part part) {
        return with(Role.PRIMARY, part);
    }

    /** Who answers next. */
    public Scenario fallback(Part part) {
        return with(Role.FALLBACK, part);
    }

    /** A fallback that says the essay, or goes on with it, as it should. */
    public Scenario fallback() {
        return fallback(Part.essay());
    }

    /** A line of {@code router_settings}. */
    public Scenario router(String line) {
        router.add(line);
        return this;
    }

    /** What the request asks for, besides an answer. */
    public Scenario asking(Wish other) {
        wish = other;
        return this;
    }

    /** The same members in every protocol, as the inside of a JSON object. */
    public Scenario asking(String json) {
        return asking(Wish.alike(json));
    }

    /** Only clients of these protocols can meet it. */
    public Scenario by(Wire first, Wire... more) {
        clients = EnumSet.of(first, more);
        return this;
    }

    /** A header of the request. */
    public Scenario header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Begins before the others, because it takes its time. */
    public Scenario first() {
        first = true;
        return this;
    }

    /** Played in every pairing of protocols. */
    public Scenario everywhere() {
        return in(Pair.ALL);
    }

    /** In which pairings of protocols it is played. */
    public Scenario in(List<Pair> some) {
        pairs = some;
        return this;
    }

    /** What the models have to say, where it is not the essay. */
    public Scenario says(ModelAnswer other) {
        answer = other;
        return this;
    }

    /** What the models have to say, where it is not the essay. */
    public Scenario says(String text) {
        return says(ModelAnswer.text(text));
    }

    /** Another text that may come of it, as it was asked for. */
    public Scenario orElse(String text) {
        others.add(text);
        return this;
    }

    // ----------------------------------------------------------------------------------- reading

    /** What goes wrong. */
    public String failure() {
        return failure;
    }

    /** When it does, and what else matters. */
    public String phase() {
        return phase;
    }

    /** Both, with a comma between. */
    public String name() {
        return failure + ", " + phase;
    }

    /** Whether it takes its time. */
    public boolean beginsFirst() {
        return first;
    }

    /** Who answers as what. */
    public Map<Role, Part> parts() {
        return parts;
    }

    /** Lines of {@code router_settings}. */
    public List<String> router() {
        return router;
    }

    /** Headers of the request. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What would have been said without the failure. */
    public ModelAnswer answer() {
        return answer;
    }

    /** The text of the whole answer, whether or not it is due. */
    public String wholeText() {
        return answer.text();
    }

    /** Further texts that may come of it. */
    public List<String> others() {
        return others;
    }

    /**
     * Pairings in which each protocol is the primary's; where somebody else is there to speak, each
     * is the others' too.
     */
    public List<Pair> pairs() {
        if (!pairs.isEmpty()) {
            return pairs;
        }
        return alone() ? Pair.SAME : Pair.eachOnce(name().hashCode());
    }

    /**
     * Whether it can happen where the primary and the next one are asked in these protocols.
     *
     * @param next null where nobody else is there
     */
    public boolean fits(Wire primary, @Nullable Wire next) {
        if (pairs.isEmpty() || pairs.equals(Pair.SAME) || pairs.equals(Pair.ALL)) {
            return true;
        }
        boolean byOthers =
                parts.entrySet().stream()
                        .anyMatch(part -> !isPrimarys(part.getKey()) && part.getValue().named());
        return byOthers
                ? pairs.stream().anyMatch(pair -> pair.of(Role.FALLBACK) == next)
                : pairs.stream().anyMatch(pair -> pair.of(Role.PRIMARY) == primary);
    }

    /** The protocols whose clients can meet it. */
    public List<Wire> clients() {
        return Wire.ALL.stream()
                .filter(clients::contains)
                .filter(wire -> wish.in(wire) != null)
                .toList();
    }

    /** Whether only the primary's protocol matters. */
    public boolean alone() {
        return parts.keySet().stream().allMatch(Scenario::isPrimarys);
    }

    private static boolean isPrimarys(Role role) {
        return role.group().equals(Role.PRIMARY.group());
    }

    /** What the request has besides the question, with a comma before it. */
    String members(Wire wire) {
        String members = Objects.requireNonNull(wish.in(wire), () -> "no word for it in " + wire);
        return members.isEmpty() ? "" : "," + members;
    }

    @Override
    public String toString() {
        return name();
    }
}
