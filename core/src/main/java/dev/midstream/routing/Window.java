package dev.midstream.routing;

import java.time.Duration;

/**
 * How much the last minute has brought, counted in steps of a second: what is added counts for a
 * minute, and for up to a second more. Not thread-safe.
 */
final class Window {

    private static final int STEPS = 61;
    private static final long STEP = Duration.ofSeconds(1).toNanos();
    private static final long LENGTH = (STEPS - 1) * STEP;

    private final long[] amounts = new long[STEPS];
    private boolean begun;
    private long origin;
    private long newest;
    private long sum;

    void add(long amount, long now) {
        advance(now);
        amounts[(int) (newest % STEPS)] += amount;
        sum += amount;
    }

    /** Takes back of what was added then, as far as it still counts. */
    void takeBack(long amount, long addedAt, long now) {
        advance(now);
        long step = (addedAt - origin) / STEP;
        if (step >= 0 && step > newest - STEPS && step <= newest) {
            int index = (int) (step % STEPS);
            long taken = Math.min(amount, amounts[index]);
            amounts[index] -= taken;
            sum -= taken;
        }
    }

    long sum(long now) {
        advance(now);
        return sum;
    }

    /**
     * How long until no more than this counts, in nanoseconds; zero if that is so now, a minute
     * where it never will be.
     */
    long untilAtMost(long most, long now) {
        advance(now);
        if (most < 0) {
            return LENGTH;
        }
        long left = sum;
        long step = Math.max(0, newest - STEPS + 1);
        while (left > most) {
            left -= amounts[(int) (step++ % STEPS)];
        }
        return left == sum ? 0 : Math.max(1, (step - 1 + STEPS) * STEP - (now - origin));
    }

    private void advance(long now) {
        if (!begun) {
            begun = true;
            origin = now;
        }
        long step = (now - origin) / STEP;
        long over = Math.min(STEPS, step - newest);
        for (long i = 0; i < over; i++) {
            int index = (int) ((step - i) % STEPS);
            sum -= amounts[index];
            amounts[index] = 0;
        }
        newest = Math.max(newest, step);
    }
}
