package dev.midstream.gateway.cli;

import ch.qos.logback.classic.LoggerContext;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** Keeps the program up until it is told to end. */
final class Running {

    private Running() {}

    /**
     * Returns never by itself: a signal closes {@code whole}, drained and logged, before the
     * process ends.
     */
    static int untilStopped(AutoCloseable whole) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(whole), "midstream-shutdown"));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static void close(AutoCloseable whole) {
        try {
            whole.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(Running.class).error("not everything could be closed", e);
        }
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
