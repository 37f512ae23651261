package dev.midstream.gateway.reload;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own, until it is closed. Thread-safe. */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

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
                turn(turn);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** A turn that fails is no reason to take no further one. */
    private static void turn(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException bug) {
            LOG.error("a look at the configuration's files failed", bug);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
