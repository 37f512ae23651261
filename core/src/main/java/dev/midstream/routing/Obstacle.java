package dev.midstream.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit of a deployment that is reached.
 *
 * @param key the limit's name in the configuration
 * @param value what it is set to
 * @param nanos how long until there is room, as far as can be foreseen
 */
record Obstacle(String key, long value, long nanos) {

    private static final long SOON = Duration.ofSeconds(1).toNanos();

    /**
     * The limit that lasts longest of those that have no room for one more request, null if all
     * have. A request that alone is larger than {@code tpm} is let through where nothing else
     * counts.
     */
    static @Nullable Obstacle of(
            Limits limits, long estimated, int inFlight, Window requests, Window tokens, long now) {
        Obstacle worst = null;
        Integer parallel = limits.parallel();
        if (parallel != null && inFlight >= parallel) {
            worst = new Obstacle("max_parallel_requests", parallel, SOON);
        }
        Long rpm = limits.requestsPerMinute();
        if (rpm != null) {
            worst = longer(worst, "rpm", rpm, requests.untilAtMost(rpm - 1, now));
        }
        Long tpm = limits.tokensPerMinute();
        if (tpm != null) {
            long room = tpm == 0 ? -1 : Math.max(0, tpm - Math.max(1, estimated));
            worst = longer(worst, "tpm", tpm, tokens.untilAtMost(room, now));
        }
        return worst;
    }

    private static @Nullable Obstacle longer(
            @Nullable Obstacle other, String key, long value, long nanos) {
        return nanos > 0 && (other == null || nanos > other.nanos)
                ? new Obstacle(key, value, nanos)
                : other;
    }
}
