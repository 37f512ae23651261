package dev.midstream.routing;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Failures in a row within a minute that are let pass before a cooldown.
 *
 * @param any whatever their kind; null for the default: a deployment that is down, overloaded or
 *     shuts us out cools at the first, one that breaks off at the second
 * @param byKind of one kind, which are counted apart
 */
public record AllowedFails(@Nullable Integer any, Map<ErrorKind, Integer> byKind) {

    public static final AllowedFails DEFAULT = new AllowedFails(null, Map.of());

    public AllowedFails {
        byKind = Map.copyOf(byKind);
    }

    /** These, and where they say nothing those. */
    AllowedFails orElse(AllowedFails other) {
        if (any != null) {
            return this;
        }
        Map<ErrorKind, Integer> joined = new EnumMap<>(ErrorKind.class);
        joined.putAll(other.byKind);
        joined.putAll(byKind);
        return new AllowedFails(other.any, joined);
    }
}
