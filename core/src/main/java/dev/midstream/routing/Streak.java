package dev.midstream.routing;

import java.time.Duration;

/** Failures in a row, as far as they lie within a minute of each other. Not thread-safe. */
final class Streak {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 1000;

    private final long[] at;
    private long count;

    /**
     * @param allowed how many are let pass
     */
    Streak(int allowed) {
        this.at = new long[Math.clamp(allowed, 0, MOST) + 1];
    }

    /** Counts one; true if it is one too many. */
    boolean add(long now) {
        at[(int) (count++ % at.length)] = now;
        long oldest = at[(int) (count % at.length)];
        return count >= at.length && now - oldest <= MINUTE;
    }

    void end() {
        count = 0;
    }
}
