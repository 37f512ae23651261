package dev.midstream.client;

import dev.midstream.relay.Decision;
import dev.midstream.relay.DecisionPoint;

/**
 * Decides between a failure and the next request: asked each time an attempt has failed and
 * something could be asked next, or the call would end in the error. It may veto, choose to
 * continue, restart or end, rewrite what is about to be sent, and choose another deployment.
 *
 * <pre>{@code
 * RecoveryPolicy thrifty = (call, point) ->
 *         point.transcript().text().length() > 20_000
 *                 ? new Decision.GiveUp()                    // that would cost too much twice
 *                 : RecoveryPolicy.DOCUMENTED.decide(call, point);
 * }</pre>
 *
 * <p>What a decision cannot do: go beyond the call's budget and deadline, ask again after a
 * complete tool call or a policy's refusal, or have a continuation shown whose seam is not proven.
 *
 * <p><b>Thread-safety</b>: called on a virtual thread of the router's, one call at a time for one
 * answer; may block. Meanwhile the call's deadline goes on, and closing the stream ends the call
 * without waiting for the policy.
 */
@FunctionalInterface
public interface RecoveryPolicy {

    /** What is documented and configured: whatever the point proposes. */
    RecoveryPolicy DOCUMENTED = (call, point) -> new Decision.Proceed();

    /**
     * Decides what follows upon a failure.
     *
     * @param call the call that it happened to
     * @param point what happened, what the caller has, and what is proposed; its transcript is to
     *     be read before this returns, not later
     * @return never null
     * @throws Exception ends the call: the caller gets the first upstream failure, with this very
     *     exception as its cause
     */
    Decision decide(CallInfo call, DecisionPoint point) throws Exception;
}
