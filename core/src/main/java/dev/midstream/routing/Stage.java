package dev.midstream.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A model group in one request's plan. Event-loop confined. */
final class Stage {

    private final Destination at;
    private final boolean fallback;
    private final List<Candidate> candidates = new ArrayList<>();
    private boolean arranged;
    private boolean asked;
    private boolean closed;
    private @Nullable Verdict verdict;

    Stage(Destination at, boolean fallback) {
        this.at = at;
        this.fallback = fallback;
    }

    Destination at() {
        return at;
    }

    void add(Deployment deployment, Health health, Limits limits, long estimated) {
        candidates.add(new Candidate(deployment, health, this, limits, estimated));
    }

    /** Whether it is another group than the one the client asked for. */
    boolean fallback() {
        return fallback;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /** Takes out whoever was not asked; their ids. */
    List<String> withdraw() {
        List<String> unasked =
                candidates.stream().filter(Candidate::fresh).map(c -> c.deployment.id()).toList();
        candidates.removeIf(Candidate::fresh);
        return unasked;
    }

    /** What a policy says of the last failure here; null where it says nothing. */
    @Nullable Verdict verdict() {
        return verdict;
    }

    void failed(@Nullable Verdict said) {
        verdict = said;
    }

    /** Nobody is asked here any more. */
    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    void ask() {
        asked = true;
    }

    /** Whether it has been asked is again as it was. */
    void restore(boolean wasAsked) {
        asked = wasAsked;
    }

    /** What the limits of its deployments leave is looked up anew. */
    void lookAgain() {
        candidates.forEach(Candidate::lookAgain);
    }

    /** Whether one of its deployments has been asked. */
    boolean asked() {
        return asked;
    }

    /**
     * Puts the candidates in the order in which they are asked: those whom the request prefers,
     * lower {@code order} first, inside an order by the strategy, equals by a weighted shuffle.
     * Does so once.
     */
    void arrange(
            Predicate<Deployment> preferred,
            Strategy strategy,
            boolean stream,
            RandomGenerator random,
            long now) {
        if (!arranged && candidates.size() > 1) {
            Map<Candidate, Double> draws = new HashMap<>();
            for (Candidate candidate : candidates) {
                draws.put(candidate, draw(candidate.deployment.weight(), random));
            }
            Map<Candidate, Double> ranks = ranks(strategy, stream, now);
            candidates.sort(
                    Comparator.comparing((Candidate c) -> !preferred.test(c.deployment))
                            .thenComparingInt(c -> c.deployment.order())
                            .thenComparingDouble(ranks::get)
                            .thenComparingDouble(draws::get));
        }
        arranged = true;
    }

    /** The strategy's ranks, each order for itself. */
    private Map<Candidate, Double> ranks(Strategy strategy, boolean stream, long now) {
        Map<Integer, List<Candidate>> orders = new HashMap<>();
        for (Candidate candidate : candidates) {
            orders.computeIfAbsent(candidate.deployment.order(), o -> new ArrayList<>())
                    .add(candidate);
        }
        Map<Candidate, Double> ranks = new HashMap<>();
        for (List<Candidate> order : orders.values()) {
            List<Strategy.View> views = new ArrayList<>();
            order.forEach(c -> views.add(new Seen(c.deployment, c.health, now)));
            double[] given = strategy.ranks(views, stream);
            for (int i = 0; i < given.length; i++) {
                ranks.put(order.get(i), given[i]);
            }
        }
        return ranks;
    }

    /**
     * A draw from the exponential distribution with this rate: sorting by such draws is a shuffle
     * without replacement in which each next place goes by weight (Efraimidis and Spirakis, 2006).
     */
    private static double draw(double weight, RandomGenerator random) {
        double uniform = random.nextDouble();
        return weight > 0 ? -Math.log1p(-uniform) / weight : Double.POSITIVE_INFINITY;
    }
}
