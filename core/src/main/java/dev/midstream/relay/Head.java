package dev.midstream.relay;

import org.jspecify.annotations.Nullable;

/**
 * What the response's head may tell of how it came about; more happens afterwards in a stream.
 *
 * @param deployment the id of the deployment that serves so far, empty if none has begun to answer
 * @param group the model group it belongs to
 * @param requestId what its provider calls the request, as it came; null if it said nothing
 * @param attempts attempts so far
 * @param fallbacks those of them in another group than asked for
 */
public record Head(
        String deployment,
        String group,
        String model,
        @Nullable String requestId,
        int attempts,
        int fallbacks) {}
