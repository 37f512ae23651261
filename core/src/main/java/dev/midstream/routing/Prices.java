package dev.midstream.routing;

import org.jspecify.annotations.Nullable;

/**
 * What a model costs, in US dollars per token.
 *
 * @param cacheRead input that the provider's prompt cache held; null for the price of input
 * @param cacheWrite input that was put into the provider's prompt cache; null for the price of
 *     input
 */
public record Prices(
        double input, double output, @Nullable Double cacheRead, @Nullable Double cacheWrite) {}
