package dev.midstream.routing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who answers soonest first: by the mean time to the first content where the client wants a stream,
 * else by that of a whole answer per token.
 *
 * <p>Of whom nothing is known is asked first, one request at a time: while that one runs, it counts
 * as one of the best.
 *
 * @param ttl how long a measurement counts
 * @param buffer how much slower than the best a deployment may be, as a share of the best's time,
 *     and still be asked as often
 */
public record LowestLatency(Duration ttl, double buffer) implements Strategy {

    /** LiteLLM's. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(1);

    @Override
    public double[] ranks(List<View> deployments, boolean stream) {
        List<@Nullable Double> means =
                Arrays.asList(
                        deployments.stream()
                                .map(v -> stream ? v.firstToken(ttl) : v.perToken(ttl))
                                .toArray(Double[]::new));
        double best =
                means.stream().filter(Objects::nonNull).mapToDouble(mean -> mean).min().orElse(0);
        double[] ranks = new double[means.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = rank(means.get(i), best, deployments.get(i).inFlight() > 0);
        }
        return ranks;
    }

    private double rank(@Nullable Double mean, double best, boolean asked) {
        if (mean == null) {
            return asked ? best : -1;
        }
        return mean <= best * (1 + buffer) ? best : mean;
    }
}
