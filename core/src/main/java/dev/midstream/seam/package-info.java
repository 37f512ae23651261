/**
 * The seam: where a continuation joins the text that a client already has, and the proof that it
 * does.
 *
 * <p>A {@link dev.midstream.seam.SeamPlan} says, for one method of continuation, what is appended
 * to the conversation and what has to come back; its {@link dev.midstream.seam.SeamJoiner} holds
 * the first characters of the continuation until the join is known and answers with a {@link
 * dev.midstream.seam.Verdict}. After it, a {@link dev.midstream.seam.StopMatcher} looks for stop
 * strings that cross the seam. {@code docs/seams.md} tells how a seam is proven.
 *
 * <p>Words: <em>delivered</em> is the text of the open block that the client has; the
 * <em>anchor</em> is the end of it that the target is asked to repeat; the <em>overlap</em> is what
 * a continuation repeats of it and is removed.
 *
 * <p>Sees the model and nothing else of ours. No clock: time comes in as nanoseconds of a monotonic
 * clock.
 */
@NullMarked
package dev.midstream.seam;

import org.jspecify.annotations.NullMarked;
