package dev.midstream.routing;

import java.util.Map;

/**
 * The retry policies.
 *
 * @param byGroup what counts for a group instead of {@code general}
 */
public record Retries(RetryPolicy general, Map<String, RetryPolicy> byGroup) {

    public static final Retries NONE = new Retries(RetryPolicy.NONE, Map.of());

    public Retries {
        byGroup = Map.copyOf(byGroup);
    }

    /** A group that a pattern has made goes by its own name, else by the pattern. */
    RetryPolicy of(ModelGroup group) {
        RetryPolicy own = byGroup.get(group.name());
        if (own != null || group.deployments().isEmpty()) {
            return own != null ? own : general;
        }
        String configured = group.deployments().getFirst().target().group();
        return byGroup.getOrDefault(configured, general);
    }
}
