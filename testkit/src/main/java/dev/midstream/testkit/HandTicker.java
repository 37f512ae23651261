package dev.midstream.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A monotonic clock that moves only when a test moves it.
 *
 * <p><b>Units.</b> Nanoseconds; it starts at an arbitrary, fixed value that is not zero, as {@link
 * System#nanoTime()} does.
 *
 * <p>Thread-safe.
 */
public final class HandTicker implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong(1_000_000_007L);

    /** The time now. */
    @Override
    public long getAsLong() {
        return nanos.get();
    }

    /** Lets that much time pass and returns the time then. */
    public long advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a monotonic clock cannot go back by " + by);
        }
        return nanos.addAndGet(by.toNanos());
    }
}
