package dev.midstream.routing;

import dev.midstream.model.Failure;
import dev.midstream.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One request's walk through the fleet. Event-loop confined. The rules are in the package's
 * description.
 *
 * <p>Each {@link Choice.Ask} must be followed by one of {@link #failed}, {@link #succeeded} and
 * {@link #released} with its deployment; more than one, or one without an ask, is ignored.
 */
public final class Plan {

    private final Fleet fleet;
    private final Settings settings;
    private final Predicate<Deployment> preferred;
    private final Demand demand;
    private final RandomGenerator random;
    private final Budget budget;
    private final @Nullable Chain chain;
    private final List<Stage> stages = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> closedGroups = new HashSet<>();
    private @Nullable Failure unusable;
    private boolean over;

    Plan(
            Fleet fleet,
            ModelGroup group,
            Settings settings,
            boolean retriesGiven,
            Predicate<Deployment> preferred,
            Demand demand,
            RandomGenerator random) {
        this.fleet = fleet;
        this.settings = settings;
        this.preferred = preferred;
        this.demand = demand;
        this.random = random;
        this.budget = new Budget(settings, retriesGiven);
        this.chain = settings.disableFallbacks() ? null : new Chain(fleet, group);
        open(group, false);
    }

    /**
     * Whom to ask next among those that {@code able} accepts. An {@link Choice.Ask} counts as an
     * attempt at once.
     *
     * <p>The first call gives the first attempt. Nothing that runs is asked a second time.
     */
    public Choice next(long now, Predicate<Deployment> able) {
        Candidate chosen = atOnce(now, able);
        if (chosen == null) {
            chosen = afterAll(now, able);
        }
        if (chosen == null) {
            return exhausted(now);
        }
        long readyAt = chosen.readyAt(now);
        if (readyAt - now > 0) {
            chosen.waitUntil(readyAt);
            return new Choice.WaitUntil(readyAt);
        }
        return ask(chosen, now);
    }

    /**
     * Whether there would be somebody to ask, at once or after a wait, if the attempt that runs now
     * broke off. Has no side effects.
     */
    public boolean another(long now, Predicate<Deployment> able) {
        for (int i = 0; opened(i); i++) {
            for (Candidate candidate : stages.get(i).candidates()) {
                if (eligible(candidate, now, able)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The attempt at this deployment ended in a failure: this request and the fleet remember it.
     */
    public void failed(Deployment deployment, Failure failure, long now) {
        Candidate candidate = running(deployment);
        if (candidate == null) {
            return;
        }
        Treatment treatment = Treatment.of(failure, settings.evadeContentPolicy());
        long backoff = fleet.backoff().nanos(treatment, failure, candidate.failures(), random);
        candidate.failed(treatment, failure, backoff, now);
        switch (treatment.onward()) {
            case GROUP -> {}
            case NEXT_GROUP -> closedGroups.add(candidate.group());
            case NOBODY -> over = true;
        }
    }

    /** The first content of the attempt at this deployment has come. */
    public void answering(Deployment deployment, long now) {
        Candidate candidate = running(deployment);
        if (candidate != null) {
            candidate.answering(now);
        }
    }

    /** What the attempt at this deployment has cost so far; the last word before its end counts. */
    public void cost(Deployment deployment, Usage usage) {
        Candidate candidate = running(deployment);
        if (candidate != null) {
            candidate.cost(usage);
        }
    }

    /** The attempt at this deployment ended well. */
    public void succeeded(Deployment deployment, long now) {
        Candidate candidate = running(deployment);
        if (candidate != null) {
            candidate.succeeded(now);
        }
    }

    /** The attempt was given up for reasons that say nothing about the deployment. */
    public void released(Deployment deployment, long now) {
        Candidate candidate = running(deployment);
        if (candidate != null) {
            candidate.released(now);
        }
    }

    /** Asked otherwise, or not asked yet and healthy: own group first, then the others. */
    private @Nullable Candidate atOnce(long now, Predicate<Deployment> able) {
        Candidate otherwise = otherwise(now, able);
        if (otherwise != null) {
            return otherwise;
        }
        for (int i = 0; opened(i); i++) {
            Stage stage = stages.get(i);
            stage.arrange(preferred, fleet.strategy(), demand.stream(), random, now);
            for (Candidate candidate : stage.candidates()) {
                if (candidate.fresh() && !candidate.cooled(now) && eligible(candidate, now, able)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private @Nullable Candidate otherwise(long now, Predicate<Deployment> able) {
        for (Stage stage : stages) {
            for (Candidate candidate : stage.candidates()) {
                if (candidate.otherwise()
                        && candidate.readyAt(now) - now <= 0
                        && eligible(candidate, now, able)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /**
     * The best of those who are cooled or have failed this request. Ties go by the order of the
     * walk.
     */
    private @Nullable Candidate afterAll(long now, Predicate<Deployment> able) {
        Candidate best = null;
        for (Stage stage : stages) {
            for (Candidate candidate : stage.candidates()) {
                if (!candidate.running()
                        && eligible(candidate, now, able)
                        && (best == null || byMerit(now).compare(candidate, best) < 0)) {
                    best = candidate;
                }
            }
        }
        return best;
    }

    /**
     * Who can be asked sooner; whom this request has not asked; whose cooldown ends first; who was
     * asked less.
     */
    private static Comparator<Candidate> byMerit(long now) {
        return Comparator.comparingLong((Candidate c) -> Math.max(0, c.readyAt(now) - now))
                .thenComparing(c -> !c.fresh())
                .thenComparingLong(c -> c.cooledUntil(now) - now)
                .thenComparingInt(Candidate::asks);
    }

    private boolean eligible(Candidate candidate, long now, Predicate<Deployment> able) {
        return open(candidate)
                && budget.allows(candidate)
                && !candidate.waitsTooLong(now)
                && (budget.begun() || candidate.waitLeft(now) == 0)
                && able.test(candidate.deployment);
    }

    /** Whether nothing that this request has seen rules it out. */
    private boolean open(Candidate candidate) {
        return !over && !candidate.spent() && !closedGroups.contains(candidate.group());
    }

    private Choice ask(Candidate candidate, long now) {
        budget.count(candidate);
        candidate.ask(now);
        return new Choice.Ask(candidate.deployment, candidate.group(), candidate.stage.fallback());
    }

    private Choice exhausted(long now) {
        if (known.isEmpty()) {
            return new Choice.Exhausted(null, unusable);
        }
        Candidate first = firstToWaitFor(now);
        return first == null
                ? new Choice.Exhausted(null, null)
                : new Choice.Exhausted(
                        Duration.ofNanos(first.waitLeft(now)), first.waitFailure(now));
    }

    /** Whose Retry-After ends first, null unless one runs for everybody who is not ruled out. */
    private @Nullable Candidate firstToWaitFor(long now) {
        Candidate first = null;
        for (int i = 0; opened(i); i++) {
            for (Candidate candidate : stages.get(i).candidates()) {
                if (!open(candidate) || !(budget.begun() || budget.allows(candidate))) {
                    continue;
                }
                long left = candidate.waitLeft(now);
                if (left == 0) {
                    return null;
                }
                if (first == null || left < first.waitLeft(now)) {
                    first = candidate;
                }
            }
        }
        return first;
    }

    private @Nullable Candidate running(Deployment deployment) {
        for (Stage stage : stages) {
            for (Candidate candidate : stage.candidates()) {
                if (candidate.running() && candidate.deployment.id().equals(deployment.id())) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /**
     * Opens groups of the walk until there are more than {@code index}; false where it ends before.
     */
    private boolean opened(int index) {
        while (stages.size() <= index) {
            ModelGroup group = chain == null ? null : chain.next();
            if (group == null) {
                return false;
            }
            open(group, true);
        }
        return true;
    }

    private void open(ModelGroup group, boolean fallback) {
        Stage stage = new Stage(fallback);
        for (Deployment deployment : group.deployments()) {
            Failure reason = unusable(deployment);
            if (reason == null && known.add(deployment.id())) {
                stage.add(deployment, fleet.health(deployment), demand.tokens());
            } else if (unusable == null) {
                unusable = reason;
            }
        }
        if (!fallback || !stage.candidates().isEmpty()) {
            stages.add(stage);
        }
    }

    private static @Nullable Failure unusable(Deployment deployment) {
        if (deployment.unusable() != null) {
            return new Failure.Unusable(501, deployment.unusable());
        }
        return deployment.endpoint().credential() instanceof Credential.Missing missing
                ? new Failure.Unusable(401, missing.message())
                : null;
    }
}
