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
 * @param retryAfterFloor the least time to wait before a retry on the same deployment (LiteLLM's
 *     {@code retry_after})
 * @param selection how one of several deployments is chosen
 * @param retries the retry policies
 * @param tagging how requests find deployments by tags
 * @param wildcards for each group whose name is a pattern what makes groups of the names that
 *     match; the deployments of the pattern itself are never asked
 */
public record RouterConfig(
        List<ModelGroup> groups,
        Map<String, Alias> aliases,
        Fallbacks defaultFallbacks,
        Settings settings,
        Cooldowns cooldowns,
        Duration retryAfterFloor,
        Selection selection,
        Retries retries,
        Tagging tagging,
        Map<String, Concretion> wildcards) {

    /** Another name for a group. */
    public record Alias(String group, boolean hidden) {}

    public RouterConfig {
        groups = List.copyOf(groups);
        wildcards = Map.copyOf(wildcards);
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    }

    /** A router that says nothing beyond this. */
    public RouterConfig(
            List<ModelGroup> groups,
            Map<String, Alias> aliases,
            List<String> defaultFallbacks,
            Settings settings,
            Duration cooldown,
            @Nullable Integer allowedFails,
            Duration retryAfterFloor) {
        this(
                groups,
                aliases,
                Fallbacks.to(defaultFallbacks),
                settings,
                new Cooldowns(cooldown, allowedFails),
                retryAfterFloor,
                Selection.DEFAULT,
                Retries.NONE,
                Tagging.OFF,
                Map.of());
    }

    /**
     * The same router over other groups, without aliases and default fallbacks; a name with a star
     * in it is a name like any other.
     */
    public RouterConfig over(List<ModelGroup> groups, Settings settings, Duration retryAfterFloor) {
        return new RouterConfig(
                groups,
                Map.of(),
                Fallbacks.NONE,
                settings,
                cooldowns,
                retryAfterFloor,
                selection,
                retries,
                tagging,
                Map.of());
    }
}
