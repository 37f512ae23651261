package dev.midstream.gateway.reload;

import java.time.Duration;

/** Does something again and again on a thread of its own, until it is closed. Thread-safe. */
public final class Watch implements AutoCloseable {

    private final Thread thread;

    private Watch(Thread thread) {
        this.thread = thread;
    }

    /**
     * @param pause between the end of one turn and the next
     */
    public static Watch every(Duration pause, Runnable turn) {
        return new Watch(Thread.ofVirtual().name("midstream-watch").start(() -> run(pause, turn)));
    }

    private static void run(Duration pause, Runnable turn) {
        try {
            while (true) {
                Thread.sleep(pause);
                turn.run();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
