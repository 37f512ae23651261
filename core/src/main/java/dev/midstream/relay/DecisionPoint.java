package dev.midstream.relay;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.MidStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between a failure and what follows upon it: what happened, what the client has, and what would be
 * done. Once a failure of an attempt; while nobody can be asked just now, or the client takes
 * nothing, it comes when that is over.
 *
 * <p>It is not come to where nothing is left to be decided: where the answer can be finished
 * without another request (its tool calls are whole, its document is, its limit is reached), where
 * a policy ended a stream, and where the failure is not an attempt's — the deadline, the end of
 * this process, a client that has left.
 *
 * @param failure why the last attempt ended
 * @param attempts all attempts so far, in order
 * @param transcript what the client has; to be read before the decision is made, not later
 * @param delivered whether any of it has left toward the client
 * @param mode how breaks are recovered by the settings of this request
 * @param deployment who would be asked, null where the request would end in an error
 * @param group the model group that it belongs to, null together with {@code deployment}
 * @param draft what would be sent, null together with {@code deployment}
 * @param others the ids of the deployments that could be asked instead, in the order of the way;
 *     where {@code mode} is {@code error}, those that could be asked to continue
 */
public record DecisionPoint(
        Failure failure,
        List<Tried> attempts,
        Transcript transcript,
        boolean delivered,
        MidStream mode,
        @Nullable Deployment deployment,
        @Nullable String group,
        @Nullable Draft draft,
        List<String> others) {

    /**
     * An attempt that was made.
     *
     * @param deployment its id
     * @param failure why it ended, as it concerns the attempt
     */
    public record Tried(
            int number, String deployment, String group, Method method, Failure failure) {}

    public DecisionPoint {
        attempts = List.copyOf(attempts);
        others = List.copyOf(others);
    }

    /** How the answer would be taken up, null where the request would end in an error. */
    public @Nullable Method method() {
        return draft == null ? null : draft.method();
    }
}
