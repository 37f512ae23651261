package dev.midstream.relay;

import dev.midstream.model.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What would follow upon a failure, while the decision on it is out.
 *
 * @param candidate what is to be asked, null where the request would end in an error
 * @param instead what to answer then where no attempt has failed
 * @param retryAfter how long the client is to wait then, null if nothing is known of that
 */
record Proposal(
        @Nullable Candidate candidate, @Nullable Failure instead, @Nullable Duration retryAfter) {

    static Proposal of(Candidate candidate) {
        return new Proposal(candidate, null, null);
    }

    /** Whether this deployment would be asked. */
    boolean asks(@Nullable String deployment) {
        return candidate != null && candidate.ask().deployment().id().equals(deployment);
    }
}
