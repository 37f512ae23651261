package dev.midstream.relay;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.routing.Choice;
import dev.midstream.routing.Variant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a generation is taken up again that its provider goes on making although the way to it broke:
 * at the same deployment, by an attempt that goes on where the one before it was cut off; and how
 * it is stopped. All methods are pure but for what {@link #attempt} takes over.
 */
final class Resumption {

    private Resumption() {}

    /** Whether only the way to the answer broke, and the last way brought something. */
    static boolean possible(Attempt a, Failure failure) {
        boolean transport =
                failure instanceof Failure.Cut
                        || failure instanceof Failure.Truncated
                        || failure instanceof Failure.TimedOut;
        boolean gotOn = a.method() != Method.RESUME || a.firstToken != 0;
        return transport && gotOn && a.generating();
    }

    /** What is to be asked, proposed for a decision. */
    static Candidate candidate(Attempt interrupted) {
        Choice.Ask ask =
                new Choice.Ask(
                        interrupted.deployment,
                        interrupted.group,
                        interrupted.fallback,
                        Variant.NONE);
        Draft draft = interrupted.draft.resuming(Objects.requireNonNull(interrupted.held));
        return new Candidate(ask, new Recovery.Prepared(draft, null));
    }

    /** The attempt that goes on for the one that was interrupted, with all that that one held. */
    static Attempt attempt(int number, Attempt interrupted, Draft draft, long now) {
        Attempt a =
                new Attempt(
                        number,
                        interrupted.deployment,
                        interrupted.face,
                        interrupted.group,
                        interrupted.fallback,
                        draft,
                        interrupted.clocks,
                        now,
                        interrupted.holdBack,
                        interrupted.splice);
        a.takeUp(interrupted);
        return a;
    }

    /** Nobody will read on: what may still be made for the attempt is not to be. */
    static void stop(@Nullable Attempt a, List<Step> steps) {
        if (a != null && a.generating()) {
            steps.add(new Step.StopGenerating(a.face, Objects.requireNonNull(a.held)));
        }
    }
}
