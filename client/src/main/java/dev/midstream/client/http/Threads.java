package dev.midstream.client.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The virtual threads that the tasks of HTTP clients run on. Thread-safe. */
final class Threads implements Executor {

    private final ExecutorService each =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("midstream-http-", 0).factory());
    private final ThreadLocal<Boolean> ours = new ThreadLocal<>();

    @Override
    public void execute(Runnable task) {
        each.execute(
                () -> {
                    ours.set(true);
                    task.run();
                });
    }

    /** Whether the caller runs on one of these. */
    boolean areCalling() {
        return ours.get() != null;
    }

    /**
     * Runs a task later unless it is called off.
     *
     * @return calls it off; harmless when it has run
     */
    Runnable after(Duration time, Runnable task) {
        Thread due =
                Thread.ofVirtual()
                        .name("midstream-http-limit")
                        .unstarted(
                                () -> {
                                    try {
                                        Thread.sleep(time);
                                    } catch (InterruptedException calledOff) {
                                        return;
                                    }
                                    task.run();
                                });
        due.start();
        return due::interrupt;
    }

    void close(Duration patience) {
        each.shutdown();
        if (areCalling()) {
            return;
        }
        try {
            each.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
