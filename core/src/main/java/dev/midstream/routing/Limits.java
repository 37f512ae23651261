package dev.midstream.routing;

import org.jspecify.annotations.Nullable;

/**
 * How much a deployment may be asked; null where nothing was said.
 *
 * @param requestsPerMinute LiteLLM's {@code rpm}
 * @param tokensPerMinute LiteLLM's {@code tpm}: input and output together
 * @param parallel requests at the same time, LiteLLM's {@code max_parallel_requests}
 */
public record Limits(
        @Nullable Long requestsPerMinute,
        @Nullable Long tokensPerMinute,
        @Nullable Integer parallel) {

    public static final Limits NONE = new Limits(null, null, null);
}
