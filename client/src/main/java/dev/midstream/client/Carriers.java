package dev.midstream.client;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The threads that carry something out for a router: virtual ones of its own, and whoever runs a
 * call's loop meanwhile. Thread-safe.
 */
final class Carriers implements Executor {

    private final ExecutorService executor;
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
    private volatile boolean closed;

    Carriers(ExecutorService executor) {
        this.executor = executor;
    }

    /** Runs a task on a thread of its own; nothing once these are closed. */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(() -> carry(task));
        } catch (RejectedExecutionException over) {
            if (!closed) {
                throw over;
            }
        }
    }

    /** Runs a task on the caller's thread, which counts as one of these until it is through. */
    void carry(Runnable task) {
        boolean outermost = !areCalling();
        inside.set(true);
        try {
            task.run();
        } finally {
            if (outermost) {
                inside.remove();
            }
        }
    }

    /** Whether the caller runs on one of these: then it cannot wait for them. */
    boolean areCalling() {
        return inside.get() != null;
    }

    /**
     * Interrupts those of our own, runs nothing any more, and waits for their ends unless it is
     * called on one of them.
     *
     * @return whether all have ended, as far as that was waited for
     */
    boolean close(int patienceSeconds) throws InterruptedException {
        closed = true;
        executor.shutdownNow();
        return areCalling() || executor.awaitTermination(patienceSeconds, TimeUnit.SECONDS);
    }
}
