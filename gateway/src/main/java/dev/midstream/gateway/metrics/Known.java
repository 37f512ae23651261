package dev.midstream.gateway.metrics;

import dev.midstream.routing.Deployment;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that may become labels: those of the configuration, as they stand there. Immutable.
 *
 * <p>What a wildcard made for one request goes by the names of the wildcard's entry: its id is that
 * entry's with a slash and the model's name behind it. Whatever else is not configured is {@value
 * #OTHER}.
 */
final class Known {

    /** What stands for every name that the configuration does not have. */
    static final String OTHER = "other";

    private final RouterConfig config;
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();
    private final Map<String, String> groupOf = new HashMap<>();
    private final Set<String> groups = new HashSet<>();

    Known(RouterConfig config) {
        this.config = config;
        for (ModelGroup group : config.groups()) {
            groups.add(group.name());
            for (Deployment deployment : group.deployments()) {
                deployments.putIfAbsent(deployment.id(), deployment);
                groupOf.putIfAbsent(deployment.id(), group.name());
            }
        }
    }

    boolean of(RouterConfig other) {
        return config.equals(other);
    }

    /**
     * @param deployment of that group
     */
    String group(String name, String deployment) {
        return groups.contains(name) ? name : groupOf.getOrDefault(deployment(deployment), OTHER);
    }

    /** Of a group that nothing is known to have been asked of. */
    String group(String name) {
        return groups.contains(name) ? name : OTHER;
    }

    String deployment(String id) {
        if (deployments.containsKey(id)) {
            return id;
        }
        for (int slash = id.indexOf('/'); slash >= 0; slash = id.indexOf('/', slash + 1)) {
            String entry = id.substring(0, slash);
            if (deployments.containsKey(entry)) {
                return entry;
            }
        }
        return OTHER;
    }

    @Nullable Deployment find(String id) {
        return deployments.get(deployment(id));
    }

    /** One state for each name: those that a wildcard made are added up. */
    List<DeploymentState> named(List<DeploymentState> states) {
        Map<String, DeploymentState> named = new LinkedHashMap<>();
        for (DeploymentState state : states) {
            String id = deployment(state.id());
            named.merge(id, as(state, id, group(state.group(), state.id())), Known::together);
        }
        return new ArrayList<>(named.values());
    }

    private static DeploymentState as(DeploymentState state, String id, String group) {
        return new DeploymentState(
                id, group, state.inFlight(), state.cooledFor(), state.cause(), state.cooldowns());
    }

    private static DeploymentState together(DeploymentState one, DeploymentState other) {
        Duration cooledFor = one.cooledFor() == null ? other.cooledFor() : one.cooledFor();
        return new DeploymentState(
                one.id(),
                one.group(),
                one.inFlight() + other.inFlight(),
                cooledFor,
                one.cause() == null ? other.cause() : one.cause(),
                one.cooldowns() + other.cooldowns());
    }
}
