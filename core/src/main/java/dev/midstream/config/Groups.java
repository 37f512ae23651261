package dev.midstream.config;

import dev.midstream.routing.Deployment;
import dev.midstream.routing.SettingsPatch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The model list as read: groups by name in the order of the file, without fallbacks yet.
 *
 * @param written all names, also those of entries that could not be read
 */
record Groups(Map<String, Group> byName, Set<String> written) {

    /** What one name is served by and set to. */
    record Group(List<Deployment> deployments, SettingsPatch settings) {}

    /**
     * All that a fallback may name: groups, also those that could not be read, and deployment ids.
     */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(written);
        byName.values().forEach(group -> group.deployments().forEach(d -> names.add(d.id())));
        return names;
    }
}
