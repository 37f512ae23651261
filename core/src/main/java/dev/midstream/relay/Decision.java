package dev.midstream.relay;

import dev.midstream.model.Draft;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link DecisionPoint}. What it asks for holds for the failure at hand; the next
 * one is decided anew.
 *
 * <p>No decision breaks what holds for every request: attempts stay within the one budget and
 * before the deadline; a complete tool call is never asked for again; a document in a stream is not
 * restarted; the text of a continuation is released behind a proven seam only. What is impossible
 * ends in the first failure, as an honest error; there is no second decision on one failure.
 *
 * <p>A deployment is named by its id, one of {@link DecisionPoint#others}. One that cannot be asked
 * at once (unknown, failed for good, without room, beyond the budget, unable to go on) is warned
 * of, and who was proposed is asked instead.
 */
public sealed interface Decision {

    /** Do what would be done. */
    record Proceed() implements Decision {}

    /**
     * Send this draft instead, to whom was proposed: made from the proposed one by {@link Draft#of}
     * and {@link Draft#with}.
     *
     * <p>Its request and appended turns are sent as they are, its limit of tokens too, and what it
     * leaves out is left out besides what the proposal does. Whether it streams, and what the
     * provider keeps, is the proposal's. Another method is taken where the deployment has it. The
     * seam has to be proven whatever was sent: a prefill that is not the proposed one is not
     * trusted to be continued. A draft that cannot be joined — of another number of choices or
     * another kind of format than the client's request, a prefill that does not end with an
     * assistant's turn, in place of a generation that is taken up again — is warned of, and the
     * proposed one is sent. Where nobody was proposed the request ends as it would.
     */
    record ProceedWith(Draft draft) implements Decision {
        public ProceedWith {
            Objects.requireNonNull(draft, "draft");
        }
    }

    /**
     * Ask this deployment, in the way that was proposed for the other.
     *
     * @param draft what to send of one's own, null for what is usual there; of a draft by another
     *     method than this deployment's only the request is taken
     */
    record Elsewhere(String deployment, @Nullable Draft draft) implements Decision {
        public Elsewhere {
            Objects.requireNonNull(deployment, "deployment");
        }

        public Elsewhere(String deployment) {
            this(deployment, null);
        }
    }

    /**
     * Recover this time as {@code mid_stream: continue} would, whatever the settings say.
     *
     * @param deployment whom to ask, null to leave that to the plan
     */
    record Continue(@Nullable String deployment) implements Decision {
        public Continue() {
            this(null);
        }
    }

    /**
     * Recover this time as {@code mid_stream: restart} would, whatever the settings say. A
     * generation that could be taken up again is given up.
     *
     * @param deployment whom to ask, null to leave that to the plan
     */
    record Restart(@Nullable String deployment) implements Decision {
        public Restart() {
            this(null);
        }
    }

    /** End in the honest error. */
    record GiveUp() implements Decision {}
}
