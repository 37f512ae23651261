package dev.midstream.client;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Told what happens to calls, in blocking and asynchronous ones alike, and before whoever waits for
 * the answer is; the end of a call that its caller cancelled is told as soon as it has ended.
 *
 * <p><b>Shape</b>, for each call: {@code (attemptStarted, firstToken?, continued?, (attemptFailed,
 * cooledDown?)?)*, ended}.
 *
 * <p><b>Failure</b>: what a listener throws is logged and harms nothing.
 *
 * <p><b>Thread-safety</b>: one call after the other for one answer, on whatever thread carries it
 * out; for several answers at once. It should not block: its answer waits for it.
 */
public interface RouterListener {

    /**
     * An attempt begins.
     *
     * @param number counted from 1
     * @param draft what is about to be sent
     */
    default void attemptStarted(
            CallInfo call, int number, String deployment, String group, Draft draft) {}

    /** The first content of an attempt has come from its upstream; reasoning counts. */
    default void firstToken(CallInfo call, int number) {}

    /**
     * An attempt has failed, before anything else is asked.
     *
     * @param thrown what the transport threw, null if it threw nothing
     */
    default void attemptFailed(
            CallInfo call, int number, Failure failure, @Nullable Throwable thrown) {}

    /** A deployment is left alone for a while, because of a failure of this call. */
    default void cooledDown(CallInfo call, String deployment, Duration time, Failure failure) {}

    /**
     * An attempt goes on with what was delivered: its seam is proven, and its text leaves.
     *
     * @param seam how sure the seam is; null where what it adds is a block of its own
     */
    default void continued(CallInfo call, int number, Method method, @Nullable SeamGrade seam) {}

    /**
     * The call is over.
     *
     * @param delivered all that the caller was given, and how it came about
     * @param failure null where the answer is whole
     */
    default void ended(CallInfo call, Answer delivered, @Nullable MidstreamException failure) {}
}
