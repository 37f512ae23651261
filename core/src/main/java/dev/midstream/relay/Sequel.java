package dev.midstream.relay;

import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows upon a failure, and how a request begins. */
sealed interface Sequel {

    /** What was proposed. */
    static Sequel of(Proposal proposal) {
        Candidate c = proposal.candidate();
        return c != null ? new Start(c) : new Fail(proposal.instead(), proposal.retryAfter());
    }

    /** An attempt. */
    record Start(Candidate candidate) implements Sequel {}

    /** Nobody can be asked before this time (monotonic nanoseconds). */
    record WaitUntil(long nanos) implements Sequel {}

    /**
     * What is to be decided upon first.
     *
     * @param others the ids of those who could be asked instead
     */
    record Undecided(Proposal proposal, List<String> others) implements Sequel {}

    /** The answer is whole as it stands. */
    record Finish(FinishReason reason) implements Sequel {}

    /**
     * The honest error.
     *
     * @param instead what to answer where no attempt has failed
     * @param retryAfter how long the client is to wait, null if nothing is known of that
     */
    record Fail(@Nullable Failure instead, @Nullable Duration retryAfter) implements Sequel {}
}
