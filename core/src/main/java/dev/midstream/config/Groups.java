package dev.midstream.config;

import dev.midstream.routing.Deployment;
import dev.midstream.routing.NamePattern;
import dev.midstream.routing.SettingsPatch;
import java.util.ArrayList;
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
    record Group(
            List<Deployment> deployments,
            List<DeploymentDraft> drafts,
            SettingsPatch settings,
            boolean pattern) {

        /** The deployments of one model, if the name of the group is a pattern. */
        List<Deployment> made(String name, List<String> matched) {
            List<Deployment> made = new ArrayList<>();
            for (int i = 0; i < drafts.size(); i++) {
                DeploymentDraft draft = drafts.get(i);
                WildcardModel wildcard = draft.wildcard();
                DeploymentDraft concrete =
                        wildcard == null ? null : wildcard.draft(draft, name, matched);
                if (concrete != null) {
                    made.add(concrete.deployment(deployments.get(i).weight()));
                }
            }
            return made;
        }
    }

    /** Whether some group's name is a pattern that this name matches. */
    boolean makes(String name) {
        return written.stream()
                .filter(NamePattern::isPattern)
                .anyMatch(pattern -> new NamePattern(pattern).match(name) != null);
    }

    /**
     * All that a fallback may name: groups, also those that could not be read, and deployment ids.
     */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(written);
        byName.values().forEach(group -> group.deployments().forEach(d -> names.add(d.id())));
        return names;
    }
}
