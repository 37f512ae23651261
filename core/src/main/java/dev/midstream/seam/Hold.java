package dev.midstream.seam;

import java.util.concurrent.TimeUnit;

/**
 * How long a continuation may be held without a proof: 600 characters, or 3 seconds after the first
 * held one.
 *
 * <p>Longer while what comes repeats the delivered text; more than that text and the bound twice is
 * never held.
 */
final class Hold {
    static final int CHARACTERS = 600;
    static final long NANOS = TimeUnit.SECONDS.toNanos(3);

    private final int most;
    private int base;
    private boolean started;
    private boolean spent;
    private long since;

    Hold(int delivered) {
        most = delivered + 2 * CHARACTERS;
    }

    void began(long nowNanos) {
        if (!started) {
            started = true;
            since = nowNanos;
        }
    }

    /** What was held so far is accounted for: the bound counts from here. */
    void restart(int held, long nowNanos) {
        base = held;
        since = nowNanos;
        spent = false;
    }

    /** Whether the bound has been reached. */
    boolean over(int held, boolean repeating, long nowNanos) {
        if (held - base >= most) {
            return true;
        }
        if (!started || repeating) {
            return false;
        }
        spent |= nowNanos - since >= NANOS;
        return spent || held - base >= CHARACTERS;
    }

    /** When the time is up; never, once it was: then only more text can decide. */
    long deadline(boolean repeating) {
        return started && !repeating && !spent ? since + NANOS : Long.MAX_VALUE;
    }
}
