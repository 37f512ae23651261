package dev.midstream.routing;

import dev.midstream.model.Method;
import dev.midstream.model.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Provider, base URL, credential and upstream model: what can be asked. Immutable.
 *
 * @param methods the ways to continue that its model has, best first, by the capability table and
 *     the overrides
 * @param order lower ones are asked first
 * @param weight its share among those of the same order; 1 where nothing was said
 * @param clocks the time limits set for this deployment
 * @param cooldown how long it is left alone after a failure, null for the router's
 * @param numRetries retries when it is the one asked, null for the router's
 * @param unusable why it cannot be asked at all (its provider is not there yet), null if it can
 */
public record Deployment(
        Target target,
        Endpoint endpoint,
        List<Method> methods,
        int order,
        double weight,
        Clocks clocks,
        @Nullable Duration cooldown,
        @Nullable Integer numRetries,
        @Nullable String unusable) {

    public Deployment {
        methods = List.copyOf(methods);
    }

    public String id() {
        return target.id();
    }
}
