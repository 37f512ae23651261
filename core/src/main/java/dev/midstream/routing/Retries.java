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

    RetryPolicy of(ModelGroup group) {
        return byGroup.getOrDefault(group.name(), general);
    }
}
