package dev.midstream.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a deployment took lately: its last ten measurements. Thread-safe. */
final class Latencies {

    private static final int MOST = 10;

    /** What a failure counts as, as in LiteLLM; here it is forgotten after a minute. */
    private static final double FAILED = 1000;

    private static final long FAILURE_COUNTS = Duration.ofMinutes(1).toNanos();

    private record Sample(double seconds, long at, boolean failure) {
        boolean counts(long ttl, long now) {
            return now - at <= (failure ? Math.min(ttl, FAILURE_COUNTS) : ttl);
        }
    }

    private volatile List<Sample> samples = List.of();

    void took(double seconds, long now) {
        add(new Sample(seconds, now, false));
    }

    void failed(long now) {
        add(new Sample(FAILED, now, true));
    }

    private synchronized void add(Sample sample) {
        List<Sample> changed = new ArrayList<>(samples);
        if (changed.size() == MOST) {
            changed.remove(0);
        }
        changed.add(sample);
        samples = List.copyOf(changed);
    }

    /** The mean of what is no older than this, in seconds; null if there is nothing. */
    @Nullable Double mean(Duration ttl, long now) {
        double sum = 0;
        int count = 0;
        for (Sample sample : samples) {
            if (sample.counts(ttl.toNanos(), now)) {
                sum += sample.seconds();
                count++;
            }
        }
        return count == 0 ? null : sum / count;
    }
}
