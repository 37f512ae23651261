package dev.midstream.routing;

import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a request waits before it asks a deployment again that failed it: half a second, doubled
 * with each further failure up to eight seconds, of which a random half is left out. What only
 * broke off is asked again at once the first time. A Retry-After takes the place of this wait.
 *
 * @param floor the least time to wait
 */
record Backoff(Duration floor) {

    private static final long FIRST = Duration.ofMillis(500).toNanos();
    private static final int MOST_DOUBLINGS = 4;

    /**
     * The wait in nanoseconds after this failure of a candidate that had failed {@code earlier}
     * times before.
     */
    long nanos(Treatment treatment, Failure failure, int earlier, RandomGenerator random) {
        boolean waits = Treatment.waitHint(failure) == null;
        return switch (treatment.again()) {
            case NEVER, OTHERWISE -> 0;
            case AT_ONCE -> floored(waits && earlier > 0 ? jittered(earlier - 1, random) : 0);
            case LATER -> floored(waits ? jittered(earlier, random) : 0);
        };
    }

    private long floored(long nanos) {
        return Math.max(nanos, floor.toNanos());
    }

    private static long jittered(int doublings, RandomGenerator random) {
        long longest = FIRST << Math.min(doublings, MOST_DOUBLINGS);
        return random.nextLong(longest / 2, longest);
    }
}
