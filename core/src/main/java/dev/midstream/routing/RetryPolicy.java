package dev.midstream.routing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many retries follow failures of a kind, whatever {@code num_retries} says.
 *
 * @param byKind none: on to the fallbacks; those that are not named have no number of their own.
 *     {@link ErrorKind#OTHER} speaks of all that are not named
 */
public record RetryPolicy(Map<ErrorKind, Integer> byKind) {

    public static final RetryPolicy NONE = new RetryPolicy(Map.of());

    public RetryPolicy {
        byKind = Map.copyOf(byKind);
    }

    /** How many, null where nothing was said. */
    @Nullable Integer retries(ErrorKind kind) {
        Integer own = byKind.get(kind);
        return own != null ? own : byKind.get(ErrorKind.OTHER);
    }
}
