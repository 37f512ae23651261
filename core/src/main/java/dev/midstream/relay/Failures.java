package dev.midstream.relay;

import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.routing.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the failure of an attempt means for its deployment and for what surfaces, and the generation
 * that was cut off but may be taken up again: of that one nothing is settled yet.
 *
 * <p>Event-loop confined; one a client request.
 */
final class Failures {

    /** Attempts after which a generation is not taken up again, however far each of them got. */
    private static final int MOST_WAYS = 50;

    private final Plan plan;
    private final Ledger ledger;
    private final Lessons lessons;
    private final Outlet outlet;
    private final List<Step> steps;
    private @Nullable Failure last;
    private @Nullable Attempt interrupted;
    private Break lastBreak = new Break("", "");

    Failures(Plan plan, Ledger ledger, Lessons lessons, Outlet outlet, List<Step> steps) {
        this.plan = plan;
        this.ledger = ledger;
        this.lessons = lessons;
        this.outlet = outlet;
        this.steps = steps;
    }

    /** The attempt is over because of this. */
    void failed(Attempt a, Failure failure, long now) {
        last = failure;
        boolean resumable = ledger.count() < MOST_WAYS && Resumption.possible(a, failure);
        if (resumable || a.bytesAdded > 0) {
            lastBreak = new Break(a.group, failure.cause());
        }
        if (resumable) {
            ledger.failed(failure);
            interrupted = a;
        } else {
            settle(a, failure, now);
        }
    }

    /** Why the last attempt ended; there has been one. */
    Failure last() {
        return Objects.requireNonNull(last);
    }

    Break lastBreak() {
        return lastBreak;
    }

    /** Whose generation may be taken up again, null if nobody's. */
    @Nullable Attempt interrupted() {
        return interrupted;
    }

    /** As {@link #interrupted}, which is forgotten. */
    @Nullable Attempt takeInterrupted() {
        Attempt a = interrupted;
        interrupted = null;
        return a;
    }

    /** A generation that was cut off is not taken up again: now it has failed. */
    void dropGeneration(long now) {
        Attempt a = takeInterrupted();
        if (a != null) {
            settle(a, Objects.requireNonNull(a.failure), now);
        }
    }

    /** Of a generation that could not be taken up again counts what had cut it off. */
    private void settle(Attempt a, Failure failure, long now) {
        outlet.dropOpenings();
        Resumption.stop(a, steps);
        boolean resumed = a.method() == Method.RESUME;
        a.taught = !resumed && lessons.learned(a, failure);
        if (!a.taught) {
            ledger.failed(failure);
        }
        Failure counting = resumed ? ledger.first(failure) : failure;
        Duration cooldown = plan.failed(a.deployment, counting, now);
        if (cooldown != null) {
            Notice cooled = new Notice.CooledDown(a.deployment.id(), a.group, cooldown, counting);
            steps.add(new Step.Tell(cooled));
        }
    }
}
