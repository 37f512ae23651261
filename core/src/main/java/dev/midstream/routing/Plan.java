package dev.midstream.routing;

import dev.midstream.model.Failure;
import dev.midstream.model.Usage;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
 * {@link #released} with its deployment, or by {@link #abandon}; more than one, or one without an
 * ask, is ignored.
 */
public final class Plan {

    /** A group as one request asks it. */
    private record Ground(String group, Variant variant) {}

    private final Fleet fleet;
    private final Settings settings;
    private final Preferences preferences;
    private final RandomGenerator random;
    private Budget budget;
    private Budget unspent;
    private final Route route;
    private final Set<Ground> closedGroups = new HashSet<>();
    private boolean turned;
    private boolean over;

    Plan(
            Fleet fleet,
            ModelGroup group,
            Settings settings,
            Preferences preferences,
            RandomGenerator random) {
        this.fleet = fleet;
        this.settings = settings;
        this.preferences = preferences;
        this.random = random;
        this.budget = new Budget(settings, preferences.retriesGiven());
        this.unspent = budget;
        this.route =
                new Route(
                        fleet,
                        fleet.successors(preferences.fallbacks()),
                        group,
                        preferences,
                        settings.disableFallbacks());
    }

    /**
     * Whom to ask next among those that {@code able} accepts. An {@link Choice.Ask} counts as an
     * attempt at once.
     *
     * <p>The first call gives the first attempt. Nothing that runs is asked a second time.
     */
    public Choice next(long now, Predicate<Deployment> able) {
        return next(now, able, false);
    }

    /**
     * Whom to ask next, as above.
     *
     * @param delivered whether the client has part of the answer: rather than tear it, somebody
     *     goes on with it beyond a limit
     */
    public Choice next(long now, Predicate<Deployment> able, boolean delivered) {
        Candidate chosen;
        boolean beyond;
        do {
            beyond = false;
            route.open().forEach(Stage::lookAgain);
            chosen = choose(c -> c.obstacle(now) == null && eligible(c, now, able), now);
            if (chosen == null && delivered) {
                beyond = true;
                chosen = choose(c -> eligible(c, now, able), now);
            }
            if (chosen == null) {
                return exhausted(now);
            }
            long readyAt = chosen.readyAt(now);
            if (readyAt - now > 0) {
                chosen.waitUntil(readyAt);
                return new Choice.WaitUntil(readyAt);
            }
        } while (!chosen.enter(beyond, now));
        return ask(chosen, now);
    }

    private @Nullable Candidate choose(Predicate<Candidate> may, long now) {
        Candidate chosen = atOnce(now, may);
        return chosen != null ? chosen : afterAll(now, may);
    }

    /**
     * Whether there would be somebody to ask, at once or after a wait, if the attempt that runs now
     * broke off. Has no side effects.
     */
    public boolean another(long now, Predicate<Deployment> able) {
        for (Stage stage : route) {
            for (Candidate candidate : stage.candidates()) {
                if (eligible(candidate, now, able)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Who could be asked at once instead, by id, in the order of the way. Has no side effects.
     *
     * @param proposed whom the last {@link Choice.Ask} named, if nothing was sent there yet; it is
     *     left out, and counts as not asked
     */
    public List<String> askable(
            long now, Predicate<Deployment> able, @Nullable Deployment proposed) {
        Proposed given = withdrawn(proposed);
        Set<String> ids = new LinkedHashSet<>();
        for (Stage stage : route) {
            stage.lookAgain();
            for (Candidate candidate : stage.candidates()) {
                if (atOnce(candidate, now, able)) {
                    ids.add(candidate.deployment.id());
                }
            }
        }
        if (given != null) {
            ids.remove(given.candidate.deployment.id());
            putBack(given);
        }
        return List.copyOf(ids);
    }

    /**
     * Asks this one in place of the one that was proposed: an attempt like any other, while the
     * proposed one is none any more. Null, and nothing changes, if it cannot be asked at once.
     *
     * @param proposed as above
     */
    public Choice.@Nullable Ask instead(
            @Nullable Deployment proposed, String wanted, long now, Predicate<Deployment> able) {
        Proposed given = withdrawn(proposed);
        for (Stage stage : route) {
            stage.lookAgain();
            for (Candidate candidate : stage.candidates()) {
                if (candidate.deployment.id().equals(wanted)
                        && atOnce(candidate, now, able)
                        && candidate.enter(false, now)) {
                    leave(given, now);
                    return ask(candidate, now);
                }
            }
        }
        if (given != null) {
            putBack(given);
        }
        return null;
    }

    /** Whom the last {@link Choice.Ask} named is not asked after all: it was no attempt. */
    public void withdraw(Deployment proposed, long now) {
        leave(withdrawn(proposed), now);
    }

    private boolean atOnce(Candidate candidate, long now, Predicate<Deployment> able) {
        return !candidate.running()
                && candidate.obstacle(now) == null
                && candidate.readyAt(now) - now <= 0
                && eligible(candidate, now, able);
    }

    /** An ask that is taken back, and how things stood with it. */
    private record Proposed(Candidate candidate, Candidate.Standing asked, Budget spent) {}

    private @Nullable Proposed withdrawn(@Nullable Deployment proposed) {
        Candidate candidate = proposed == null ? null : running(proposed);
        if (candidate == null) {
            return null;
        }
        Proposed given = new Proposed(candidate, candidate.standing(), budget);
        candidate.unask();
        budget = unspent;
        return given;
    }

    private void putBack(Proposed given) {
        given.candidate.restore(given.asked);
        budget = given.spent;
    }

    private static void leave(@Nullable Proposed given, long now) {
        if (given != null) {
            given.candidate.leave(given.asked, now);
        }
    }

    /**
     * Why no deployment of any group on the way can be asked at all, null if one can. Has no side
     * effects.
     */
    public @Nullable Failure nobody() {
        Stage first = route.open().getFirst();
        boolean somebody = !first.candidates().isEmpty() || route.reaches(1);
        return somebody ? null : route.obstacle();
    }

    /**
     * The attempt at this deployment ended in a failure: this request and the fleet remember it.
     *
     * @return how long the deployment is left alone from now on, null unless just this failure
     *     began its cooldown or made it longer
     */
    public @Nullable Duration failed(Deployment deployment, Failure failure, long now) {
        Candidate candidate = running(deployment);
        if (candidate == null) {
            return null;
        }
        turned = route.turn(candidate.stage, failure);
        Treatment treatment = treatment(candidate.stage, failure);
        long backoff = fleet.backoff().nanos(treatment, failure, candidate.failures(), random);
        Duration cooldown = candidate.failed(treatment, failure, backoff, now);
        switch (treatment.onward()) {
            case GROUP -> {}
            case NEXT_GROUP -> {
                candidate.stage.close();
                closedGroups.add(ground(candidate));
            }
            case NOBODY -> over = true;
        }
        return cooldown;
    }

    /** A policy's wish to ask again goes before what a failure usually leaves open. */
    private Treatment treatment(Stage stage, Failure failure) {
        Verdict verdict = Verdict.of(fleet.retries(stage.at().group()), failure);
        stage.failed(verdict);
        Treatment usual = Treatment.of(failure, turned || settings.evadeContentPolicy());
        return verdict == null || turned || budget.left(verdict) <= 0
                ? usual
                : usual.insisting(failure);
    }

    /**
     * Whether the last failure is one for which other groups are named, who are asked because of
     * it: context-window or content-policy fallbacks.
     */
    public boolean turned() {
        return turned;
    }

    /** The first content of the attempt at this deployment has come. */
    public void answering(Deployment deployment, long now) {
        Candidate candidate = running(deployment);
        if (candidate != null) {
            candidate.answering(now);
        }
    }

    /** What the attempt at this deployment has used so far; the last word before its end counts. */
    public void used(Deployment deployment, Usage usage) {
        Candidate candidate = running(deployment);
        if (candidate != null) {
            candidate.used(usage);
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

    /** The walk is over: whatever runs was given up for reasons that say nothing about it. */
    public void abandon(long now) {
        for (Stage stage : route.open()) {
            for (Candidate candidate : stage.candidates()) {
                if (candidate.running()) {
                    candidate.released(now);
                }
            }
        }
    }

    /** Asked otherwise, or not asked yet and healthy: own group first, then the others. */
    private @Nullable Candidate atOnce(long now, Predicate<Candidate> may) {
        Candidate otherwise = otherwise(now, may);
        if (otherwise != null) {
            return otherwise;
        }
        for (Stage stage : route) {
            stage.arrange(
                    preferences.preferred(),
                    fleet.strategy(),
                    preferences.demand().stream(),
                    random,
                    now);
            for (Candidate candidate : stage.candidates()) {
                if (candidate.fresh() && !candidate.cooled(now) && may.test(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private @Nullable Candidate otherwise(long now, Predicate<Candidate> may) {
        for (Stage stage : route.open()) {
            for (Candidate candidate : stage.candidates()) {
                if (candidate.otherwise()
                        && candidate.readyAt(now) - now <= 0
                        && may.test(candidate)) {
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
    private @Nullable Candidate afterAll(long now, Predicate<Candidate> may) {
        Candidate best = null;
        for (Stage stage : route.open()) {
            for (Candidate candidate : stage.candidates()) {
                if (!candidate.running()
                        && may.test(candidate)
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
                && able.test(candidate.deployment)
                && preferences.formable().test(candidate.stage.at().variant());
    }

    /** Whether nothing that this request has seen rules it out. */
    private boolean open(Candidate candidate) {
        Stage stage = candidate.stage;
        boolean named = stage.at().namedFor() != null;
        return !over
                && !candidate.spent()
                && !stage.closed()
                && (named || !closedGroups.contains(ground(candidate)));
    }

    private static Ground ground(Candidate candidate) {
        Destination at = candidate.stage.at();
        return new Ground(at.group().name(), at.variant());
    }

    private Choice.Ask ask(Candidate candidate, long now) {
        unspent = budget.copy();
        budget.count(candidate);
        candidate.ask(now);
        Stage stage = candidate.stage;
        return new Choice.Ask(
                candidate.deployment, candidate.group(), stage.fallback(), stage.at().variant());
    }

    private Choice exhausted(long now) {
        if (route.empty()) {
            return new Choice.Exhausted(null, route.obstacle());
        }
        Candidate first = firstToWaitFor(now);
        if (first == null) {
            return new Choice.Exhausted(null, null);
        }
        Duration wait = Duration.ofNanos(first.roomIn(now));
        return first.waitLeft(now) == wait.toNanos()
                ? new Choice.Exhausted(wait, first.waitFailure(now))
                : LimitReached.of(route.open(), first, wait, now);
    }

    /**
     * Who can be asked first, null unless a Retry-After or a limit stands before everybody who is
     * not ruled out.
     */
    private @Nullable Candidate firstToWaitFor(long now) {
        Candidate first = null;
        for (Stage stage : route) {
            for (Candidate candidate : stage.candidates()) {
                if (!open(candidate) || !(budget.begun() || budget.allows(candidate))) {
                    continue;
                }
                long left = candidate.roomIn(now);
                if (left == 0) {
                    return null;
                }
                if (first == null || left < first.roomIn(now)) {
                    first = candidate;
                }
            }
        }
        return first;
    }

    private @Nullable Candidate running(Deployment deployment) {
        for (Stage stage : route.open()) {
            for (Candidate candidate : stage.candidates()) {
                if (candidate.running() && candidate.deployment.id().equals(deployment.id())) {
                    return candidate;
                }
            }
        }
        return null;
    }
}
