package dev.midstream.routing;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that routing is told by the configuration.
 *
 * @param groups in the order of the configuration
 * @param aliases further names for groups, in the order of the configuration; one that is also a
 *     group's name goes before it; hidden ones are not listed
 * @param defaultFallbacks for groups without fallbacks of their own
 * @param settings the router's settings over the defaults
 * @param cooldown how long a deployment is left alone after failures; zero switches cooldowns off
 * @param allowedFails failures in a row within a minute that are let pass before a cooldown,
 *     whatever their kind; null for the default: a deployment that is down, overloaded or shuts us
 *     out cools at the first, one that breaks off at the second
 * @param retryAfterFloor the least time to wait before a retry on the same deployment (LiteLLM's
 *     {@code retry_after})
 */
public record RouterConfig(
        List<ModelGroup> groups,
        Map<String, Alias> aliases,
        List<String> defaultFallbacks,
        Settings settings,
        Duration cooldown,
        @Nullable Integer allowedFails,
        Duration retryAfterFloor) {

    /** Another name for a group. */
    public record Alias(String group, boolean hidden) {}

    public RouterConfig {
        groups = List.copyOf(groups);
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        defaultFallbacks = List.copyOf(defaultFallbacks);
    }
}
