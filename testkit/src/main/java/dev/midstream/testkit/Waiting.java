package dev.midstream.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a fact, with a limit, so that a test that hangs says what it was waiting for. */
final class Waiting {

    /** Long enough for a loaded machine; never reached by a test that passes. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private Waiting() {}

    static <T> T until(CompletableFuture<T> fact, Duration limit, String what) {
        try {
            return fact.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("waited " + limit + " in vain until " + what, e);
        } catch (ExecutionException e) {
            throw new AssertionError("failed while waiting until " + what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting until " + what, e);
        }
    }
}
