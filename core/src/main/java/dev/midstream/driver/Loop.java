package dev.midstream.driver;

import java.util.concurrent.Executor;

/**
 * Where everything of a call happens: one thing at a time, in order, with timers and connections of
 * its own. An event loop, or whatever serialises as one.
 *
 * <p><b>Thread-safety</b>: {@link #execute} and {@link #inLoop} may be called on any thread; the
 * others on the loop only.
 */
public interface Loop extends Executor {

    /** Whether the caller runs on this loop. */
    boolean inLoop();

    /**
     * Runs a task on the loop, later than now.
     *
     * @param nanos how much later at least
     */
    Alarm after(long nanos, Runnable task);

    /**
     * Sends a request upstream.
     *
     * @param listener told on this loop, never from within this call
     */
    Exchange send(UpstreamRequest request, UpstreamListener listener);

    /** A task that is due later. */
    interface Alarm {
        /** It is not run any more; harmless when it was. */
        void cancel();
    }
}
