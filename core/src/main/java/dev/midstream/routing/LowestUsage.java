package dev.midstream.routing;

import java.util.List;

/**
 * Fewest tokens within the last minute first: as a share of {@code tpm} where every deployment has
 * that limit, else by their number.
 */
public record LowestUsage() implements Strategy {

    @Override
    public double[] ranks(List<View> deployments, boolean stream) {
        boolean shares = deployments.stream().allMatch(view -> limit(view) > 0);
        return deployments.stream()
                .mapToDouble(
                        view -> view.tokensThisMinute() / (shares ? (double) limit(view) : 1.0))
                .toArray();
    }

    private static long limit(View view) {
        Long limit = view.deployment().limits().tokensPerMinute();
        return limit == null ? 0 : limit;
    }
}
