package dev.midstream.routing;

import dev.midstream.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, in US dollars per token.
 *
 * @param cacheRead input that the provider's prompt cache held; null for the price of input
 * @param cacheWrite input that was put into the provider's prompt cache; null for the price of
 *     input
 */
public record Prices(
        double input, double output, @Nullable Double cacheRead, @Nullable Double cacheWrite) {

    /**
     * What an attempt cost, in US dollars; figures that nobody told count as nothing. What the
     * cache held, and what was put there, is part of the input and has its own price.
     */
    public double cost(Usage usage) {
        int read = known(usage.cacheRead());
        int written = known(usage.cacheWrite());
        int fresh = Math.max(0, known(usage.input()) - read - written);
        return fresh * input
                + read * (cacheRead == null ? input : cacheRead)
                + written * (cacheWrite == null ? input : cacheWrite)
                + known(usage.output()) * output;
    }

    private static int known(int tokens) {
        return tokens == Usage.UNKNOWN ? 0 : tokens;
    }
}
