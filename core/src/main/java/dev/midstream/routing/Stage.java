package dev.midstream.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** A model group in one request's plan. Event-loop confined. */
final class Stage {

    private final Destination at;
    private final boolean fallback;
    private final List<Candidate> candidates = new ArrayList<>();
    private boolean arranged;
    private boolean asked;
    private boolean closed;

    Stage(Destination at, boolean fallback) {
        this.at = at;
        this.fallback = fallback;
    }

    Destination at() {
        return at;
    }

    void add(Deployment deployment, Health health) {
        candidates.add(new Candidate(deployment, health, this));
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

    /** Whether one of its deployments has been asked. */
    boolean asked() {
        return asked;
    }

    /**
     * Puts the candidates in the order in which they are asked: those whom the request prefers,
     * lower {@code order} first, inside an order by a weighted shuffle. Does so once.
     */
    void arrange(Predicate<Deployment> preferred, RandomGenerator random) {
        if (!arranged && candidates.size() > 1) {
            Map<Candidate, Double> draws = new HashMap<>();
            for (Candidate candidate : candidates) {
                draws.put(candidate, draw(candidate.deployment.weight(), random));
            }
            candidates.sort(
                    Comparator.comparing((Candidate c) -> !preferred.test(c.deployment))
                            .thenComparingInt(c -> c.deployment.order())
                            .thenComparingDouble(draws::get));
        }
        arranged = true;
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
