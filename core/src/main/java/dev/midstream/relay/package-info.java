/**
 * The heart: one state machine a client request, which carries an answer over as many upstream
 * attempts as it takes.
 *
 * <p>{@link dev.midstream.relay.Relay} takes inputs, each with the time and the number of its
 * attempt, and gives {@link dev.midstream.relay.Step}s for a driver to carry out: start an attempt,
 * cancel one, commit, release, heartbeat, wake me, tell, finish, fail. It never calls out and is
 * never called back from its own steps. The {@code Transcript} — what the client already has, per
 * content block — alone decides what recovery may do.
 *
 * <p><b>Where a change belongs</b>: what leaves and when, in {@code Outlet}; what is held, in
 * {@code HoldBack}; what may be done about a failure, in {@code Outlook}; what is proposed after
 * it, and what a decision makes of that, in {@code Proposals}; how a deployment is asked to go on,
 * in {@code Recovery}; how its answer is joined, in {@code Splice}; how a generation is taken up
 * again that is still being made, in {@code Resumption}; what a failure means for its deployment
 * and for what surfaces, in {@code Failures}; what it teaches about how to ask there, in {@code
 * Lessons}; usage and errors toward the client, in {@code Ledger}. The order of inputs and steps is
 * {@code Relay}'s.
 *
 * <p><b>Who looks on</b> is told by {@link dev.midstream.relay.Notice}s; <b>who decides</b> is
 * asked at each {@link dev.midstream.relay.DecisionPoint}, between a failure and what follows upon
 * it, and answers with a {@link dev.midstream.relay.Decision}.
 *
 * <p>No protocol, no I/O, no clock, no threads in here.
 */
@NullMarked
package dev.midstream.relay;

import org.jspecify.annotations.NullMarked;
