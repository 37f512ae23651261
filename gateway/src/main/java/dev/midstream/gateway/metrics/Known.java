package dev.midstream.gateway.metrics;

import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that may become labels: those of the configuration, as they stand there. Immutable.
 *
 * <p>A group or a deployment that a wildcard made for one request has no name here: its label is
 * {@value #OTHER}.
 */
final class Known {

    /** What stands for every name that the configuration does not have. */
    static final String OTHER = "other";

    private final RouterConfig config;
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();
    private final Map<String, ModelGroup> groups = new HashMap<>();

    Known(RouterConfig config) {
        this.config = config;
        for (ModelGroup group : config.groups()) {
            groups.put(group.name(), group);
            for (Deployment deployment : group.deployments()) {
                deployments.putIfAbsent(deployment.id(), deployment);
            }
        }
    }

    boolean of(RouterConfig other) {
        return config.equals(other);
    }

    String group(String name) {
        return groups.containsKey(name) ? name : OTHER;
    }

    String deployment(String id) {
        return deployments.containsKey(id) ? id : OTHER;
    }

    @Nullable Deployment find(String id) {
        return deployments.get(id);
    }
}
