package dev.midstream.gateway.cli;

import ch.qos.logback.classic.LoggerContext;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** Keeps the program up until it is told to end. */
final class Running {

    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    /** What shells add to a signal's number. */
    private static final int BY_SIGNAL = 128;

    private Running() {}

    /**
     * Returns when a signal has come (SIGTERM, or SIGINT by Ctrl-C) and {@code whole} is closed,
     * drained and logged. Another signal ends the process at once.
     *
     * @param heeding run as soon as signals are heeded
     */
    static int untilStopped(AutoCloseable whole, Runnable heeding) {
        CountDownLatch told = new CountDownLatch(1);
        boolean byTerm = endsBy("TERM", SIGTERM, told);
        boolean byInterrupt = endsBy("INT", SIGINT, told);
        if (!byTerm || !byInterrupt) {
            Thread closing = new Thread(() -> close(whole), "midstream-shutdown");
            Runtime.getRuntime().addShutdownHook(closing);
        }
        heeding.run();
        Thread.ofPlatform().name("midstream-memory").daemon().start(OldGeneration::keepSmall);
        try {
            told.await();
            close(whole);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static boolean endsBy(String signal, int number, CountDownLatch told) {
        return Signals.on(
                signal,
                () -> {
                    boolean again = told.getCount() == 0;
                    told.countDown();
                    if (again) {
                        Runtime.getRuntime().halt(BY_SIGNAL + number);
                    }
                });
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
