package dev.midstream.relay;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.routing.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * Between a failure and the next request: what happened, what the client has, and what would be
 * done.
 *
 * @param failure why the last attempt ended
 * @param transcript what the client has; not to be altered
 * @param deployment who would be asked, null where nobody is left and the request would end in an
 *     error
 * @param draft what would be sent, null together with {@code deployment}
 */
public record DecisionPoint(
        Failure failure,
        Transcript transcript,
        @Nullable Deployment deployment,
        @Nullable Draft draft) {}
