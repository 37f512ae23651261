package dev.midstream.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit of a deployment that is reached.
 *
 * @param nanos how long until there is room, as far as can be foreseen
 */
record Obstacle(Kind kind, long nanos) {

    /** Which limit. */
    enum Kind {
        PARALLEL("max_parallel_requests"),
        REQUESTS("rpm"),
        TOKENS("tpm");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

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
            worst = new Obstacle(Kind.PARALLEL, SOON);
        }
        Long rpm = limits.requestsPerMinute();
        if (rpm != null) {
            worst = longer(worst, Kind.REQUESTS, requests.untilAtMost(rpm - 1, now));
        }
        Long tpm = limits.tokensPerMinute();
        if (tpm != null) {
            long room = tpm == 0 ? -1 : Math.max(0, tpm - Math.max(1, estimated));
            worst = longer(worst, Kind.TOKENS, tokens.untilAtMost(room, now));
        }
        return worst;
    }

    private static @Nullable Obstacle longer(@Nullable Obstacle other, Kind kind, long nanos) {
        return nanos > 0 && (other == null || nanos > other.nanos)
                ? new Obstacle(kind, nanos)
                : other;
    }

    /** The limit's name in the configuration. */
    String key() {
        return kind.key;
    }

    /** The value of this limit, null where it is not set. */
    @Nullable Long in(Limits limits) {
        return switch (kind) {
            case PARALLEL -> limits.parallel() == null ? null : Long.valueOf(limits.parallel());
            case REQUESTS -> limits.requestsPerMinute();
            case TOKENS -> limits.tokensPerMinute();
        };
    }
}
