package dev.midstream.routing;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a deployment's model; null where nothing is.
 *
 * @param maxInputTokens how long a conversation may be, in tokens
 * @param maxOutputTokens how long an answer may be, in tokens
 */
public record ModelFacts(
        @Nullable Long maxInputTokens, @Nullable Long maxOutputTokens, @Nullable Prices prices) {

    public static final ModelFacts UNKNOWN = new ModelFacts(null, null, null);

    /** These facts, and where they say nothing those. */
    public ModelFacts orElse(ModelFacts other) {
        return new ModelFacts(
                maxInputTokens != null ? maxInputTokens : other.maxInputTokens,
                maxOutputTokens != null ? maxOutputTokens : other.maxOutputTokens,
                prices != null ? prices : other.prices);
    }
}
