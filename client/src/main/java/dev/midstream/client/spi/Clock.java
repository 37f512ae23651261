package dev.midstream.client.spi;

/**
 * Time, as a router sees it: monotonic nanoseconds, and tasks that are due later. Thread-safe.
 *
 * <p>Tests bring their own and move it by hand.
 */
public interface Clock extends AutoCloseable {

    /** Nanoseconds of a clock that never goes back; its zero means nothing. */
    long nanos();

    /**
     * Runs a task later, on any thread. The task is short and does not block.
     *
     * @param nanos how much later at least; none or less means as soon as possible, but not from
     *     within this call
     */
    Timer after(long nanos, Runnable task);

    /** No further task is run, and no thread is left. */
    @Override
    void close();

    /** A task that is due later. */
    interface Timer {
        /** It is not run any more; harmless when it was. */
        void cancel();
    }
}
