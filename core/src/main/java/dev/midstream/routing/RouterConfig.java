package dev.midstream.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that routing is told by the configuration.
 *
 * @param groups in the order of the configuration
 * @param aliases further names for groups; hidden ones are not listed
 * @param defaultFallbacks for groups without fallbacks of their own
 * @param settings the router's settings over the defaults
 * @param cooldown how long a deployment is left alone after failures; zero switches cooldowns off
 * @param allowedFails failures within a minute that are let pass before a cooldown
 * @param retryAfterFloor the least time to wait before a retry on the same deployment (LiteLLM's {@code retry_after})
 */
public record RouterConfig(
        List<ModelGroup> groups,
        Map<String, Alias> aliases,
        List<String> defaultFallbacks,
        Settings settings,
        Duration cooldown,
        int allowedFails,
        Duration retryAfterFloor) {

    /** Another name for a group. */
    public record Alias(String group, boolean hidden) {}

    public RouterConfig {
        groups = List.copyOf(groups);
        aliases = Map.copyOf(aliases);
        defaultFallbacks = List.copyOf(defaultFallbacks);
    }
}
