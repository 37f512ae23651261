package dev.midstream.routing;

import java.util.List;

/**
 * The name that clients ask for, and the deployments that serve it.
 *
 * @param fallbacks the groups asked after this one
 * @param settings what is set for this group
 */
public record ModelGroup(
        String name, List<Deployment> deployments, Fallbacks fallbacks, SettingsPatch settings) {

    public ModelGroup {
        deployments = List.copyOf(deployments);
    }

    /** A group with the same fallbacks after whatever failure. */
    public ModelGroup(
            String name,
            List<Deployment> deployments,
            List<String> fallbacks,
            SettingsPatch settings) {
        this(name, deployments, Fallbacks.to(fallbacks), settings);
    }
}
