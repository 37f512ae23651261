package dev.midstream.routing;

import dev.midstream.model.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a plan says should happen next. */
public sealed interface Choice {

    /**
     * Ask this deployment now; it counts as an attempt from here on.
     *
     * @param group the model group that it belongs to
     * @param fallback whether that is another group than the one the client asked for
     * @param variant how the client's request is altered for it
     */
    record Ask(Deployment deployment, String group, boolean fallback, Variant variant)
            implements Choice {}

    /** Nobody can be asked before this time (monotonic nanoseconds); then come again. */
    record WaitUntil(long nanos) implements Choice {}

    /**
     * Nobody is left within the budget.
     *
     * @param retryAfter set where every deployment that could still serve the request is under a
     *     running Retry-After: how long until the first of them ends
     * @param failure what to answer where no attempt of this request has failed: with {@code
     *     retryAfter} the failure that brought it, in the provider's own words; {@link
     *     Failure.Unusable} where no deployment of any group can be asked at all; else null
     */
    record Exhausted(@Nullable Duration retryAfter, @Nullable Failure failure) implements Choice {}
}
