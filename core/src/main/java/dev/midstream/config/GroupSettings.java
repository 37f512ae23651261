package dev.midstream.config;

import dev.midstream.routing.SettingsPatch;
import dev.midstream.yaml.Position;
import dev.midstream.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the deployments of one group say about it; two that disagree are an error. Not thread-safe.
 */
final class GroupSettings {

    private record Given(Position at, SettingKey key, YamlNode node, SettingsPatch alone) {}

    private final String group;
    private final Reading reading;
    private final Map<String, Given> given = new LinkedHashMap<>();

    GroupSettings(String group, Reading reading) {
        this.group = group;
        this.reading = reading;
    }

    void add(SettingKey key, YamlNode node) {
        SettingsDraft draft = new SettingsDraft();
        reading.setting(key, node, draft);
        SettingsPatch alone = draft.patch();
        if (alone.equals(SettingsPatch.EMPTY)) {
            return;
        }
        Given first = given.putIfAbsent(key.name(), new Given(node.at(), key, node, alone));
        if (first != null && !first.alone().equals(alone)) {
            reading.error(
                    node,
                    "`%s` of the group `%s` is %s here and %s at %s; one group has one setting"
                            .formatted(
                                    key.name(),
                                    group,
                                    Reading.shown(node),
                                    Reading.shown(first.node()),
                                    first.at()));
        }
    }

    SettingsPatch patch() {
        SettingsDraft draft = new SettingsDraft();
        for (SettingKey key : SettingKeys.ALL) {
            Given value = given.get(key.name());
            if (value != null) {
                reading.setting(key, value.node(), draft);
            }
        }
        Switches.compare(reading, node(Switches.NEW), node(Switches.OLD), draft);
        return draft.patch();
    }

    private @Nullable YamlNode node(String key) {
        Given value = given.get(key);
        return value == null ? null : value.node();
    }
}
