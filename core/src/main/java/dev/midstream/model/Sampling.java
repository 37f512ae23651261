package dev.midstream.model;

import org.jspecify.annotations.Nullable;

/** The sampling parameters that more than one protocol knows. Null where the client gave none. */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Long seed) {

    public static final Sampling NONE = new Sampling(null, null, null, null, null, null);
}
