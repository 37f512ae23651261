package dev.midstream.simulation;

import dev.midstream.model.Failure;
import dev.midstream.relay.DecisionPoint;
import dev.midstream.relay.Notice;
import dev.midstream.relay.Summary;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.Fleet;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What those who look on are told: everything once, in its order, and the truth.
 *
 * <p>A first token when content has come and nothing of it was shown; a continuation before what it
 * adds; a failure before anything follows from it; a cooldown where and only where the fleet has
 * one that is longer than before.
 */
final class Hearsay {

    private final Fleet fleet;
    private final Set<Integer> heard = new HashSet<>();
    private final Set<Integer> continued = new HashSet<>();
    private final Map<Integer, Failure> failed = new HashMap<>();
    private final Map<String, Long> cooledUntil = new HashMap<>();
    private boolean failedNow;

    Hearsay(Fleet fleet, long now) {
        this.fleet = fleet;
        coolings(now);
    }

    private void coolings(long now) {
        for (DeploymentState state : fleet.snapshot(now)) {
            Duration left = state.cooledFor();
            if (left != null) {
                cooledUntil.put(state.id(), now + left.toNanos());
            }
        }
    }

    /**
     * @param shown what this input has shown the client so far
     */
    void told(Notice notice, List<Tried> tries, CharSequence shown, long now) {
        switch (notice) {
            case Notice.FirstToken first -> first(latest(tries, first.attempt()), shown);
            case Notice.Continued on -> continued(on, latest(tries, on.attempt()), shown);
            case Notice.AttemptFailed failure -> {
                latest(tries, failure.attempt());
                Violation.unless(
                        failed.put(failure.attempt(), failure.failure()) == null,
                        "a failure told twice");
                failedNow = true;
            }
            case Notice.CooledDown cooled -> cooled(cooled, tries, now);
        }
    }

    private Tried latest(List<Tried> tries, int attempt) {
        Tried last = tries.getLast();
        Violation.unless(last.start.attempt() == attempt, "told of an attempt that is not at work");
        Violation.unless(!failed.containsKey(attempt), "told of an attempt that has failed");
        return last;
    }

    private void first(Tried tried, CharSequence shown) {
        Violation.unless(tried.heard(), "a first token before there was one");
        Violation.unless(shown.isEmpty(), "a first token told after it was shown");
        Violation.unless(heard.add(tried.start.attempt()), "a first token told twice");
    }

    private void continued(Notice.Continued on, Tried tried, CharSequence shown) {
        Violation.unless(heard.contains(on.attempt()), "continued before the first token");
        Violation.unless(!tried.asksAnew(), "a continuation that was asked anew");
        Violation.unless(on.method() == tried.method(), "not the method of the continuation");
        Violation.unless(shown.isEmpty(), "a continuation told after it was shown");
        Violation.unless(continued.add(on.attempt()), "continued twice");
    }

    private void cooled(Notice.CooledDown cooled, List<Tried> tries, long now) {
        Tried last = tries.getLast();
        Violation.unless(failed.containsKey(last.start.attempt()), "a cooldown before its failure");
        Violation.unless(
                cooled.deployment().equals(last.deployment.id())
                        && cooled.group().equals(last.deployment.group()),
                "a cooldown of somebody else");
        long until = now + cooled.duration().toNanos();
        Long before = cooledUntil.put(cooled.deployment(), until);
        Violation.unless(
                before == null || before - now <= 0 || until - before > 0,
                "a cooldown that is no longer than before");
    }

    /** Somebody is asked, or it is decided who: the failure before it has been told. */
    void goesOn(List<Tried> tries) {
        Violation.unless(
                tries.isEmpty() || failed.containsKey(tries.getLast().start.attempt()),
                "a failure that was not told before what follows from it");
    }

    void decides(DecisionPoint point, List<Tried> tries) {
        goesOn(tries);
        Failure last = failed.get(tries.getLast().start.attempt());
        Violation.unless(point.failure().equals(last), "not the failure that was told");
        Violation.unless(
                point.attempts().size() == tries.size(), "not all attempts are to be seen");
        boolean nobody = point.deployment() == null;
        Violation.unless(
                nobody == (point.draft() == null) && nobody == (point.group() == null),
                "half a proposal");
        Violation.unless(
                nobody || !point.others().contains(point.deployment().id()),
                "who is proposed is not another");
    }

    /**
     * @param shown what this input has shown the client
     */
    void inputEnds(List<Tried> tries, CharSequence shown, long now) {
        if (!tries.isEmpty() && !shown.isEmpty()) {
            Tried last = tries.getLast();
            int attempt = last.start.attempt();
            Violation.unless(heard.contains(attempt), "shown before the first token was told");
            Violation.unless(
                    last.asksAnew() || continued.contains(attempt),
                    "shown before the continuation was told");
        }
        if (failedNow) {
            failedNow = false;
            checkCoolings(now);
        }
    }

    private void checkCoolings(long now) {
        for (DeploymentState state : fleet.snapshot(now)) {
            Duration left = state.cooledFor();
            Long told = cooledUntil.get(state.id());
            boolean runs = told != null && told - now > 0;
            Violation.unless(
                    left == null ? !runs : runs && told - now == left.toNanos(),
                    "a cooldown that was not told: " + state);
        }
    }

    /** All has ended: just those attempts are told of that have failed by the summary. */
    void ends(Summary summary) {
        for (Summary.Attempt attempt : summary.attempts()) {
            Failure told = failed.get(attempt.number());
            Violation.unless(
                    attempt.failure() == null ? told == null : attempt.failure().equals(told),
                    "attempt %d: told %s, but it was %s"
                            .formatted(attempt.number(), told, attempt.failure()));
            boolean came = attempt.firstTokenNanos() != 0;
            Violation.unless(
                    came == heard.contains(attempt.number()), "a first token that was not told");
        }
    }
}
