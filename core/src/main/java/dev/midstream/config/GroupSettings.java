package dev.midstream.config;

import dev.midstream.config.SettingKey.Place;
import dev.midstream.routing.SettingsPatch;
import dev.midstream.yaml.Position;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the deployments of one group say about it; two that disagree are an error, but what code
 * says counts before a file. Not thread-safe.
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

    /** Adds what code says of the group itself. */
    void add(Mapping inCode) {
        Section section = new Section("the group `" + group + "`", inCode, reading);
        for (SettingKey key : SettingKeys.ALL) {
            YamlNode node = key.at(Place.GROUP) ? section.node(key.name()) : null;
            if (node != null) {
                add(key, node);
            }
        }
        List<String> known = SettingKeys.at(Place.GROUP).map(SettingKey::name).toList();
        for (Entry entry : section.left()) {
            String problem =
                    "`" + IllegalSetting.shown(entry.name()) + "` is no setting of a group";
            String near = NearNames.question(entry.name(), known);
            reading.diagnostics().warning(entry.key().at(), problem + near);
        }
    }

    void add(SettingKey key, YamlNode node) {
        SettingsDraft draft = new SettingsDraft();
        reading.setting(key, node, draft);
        SettingsPatch alone = draft.patch();
        if (alone.equals(SettingsPatch.EMPTY)) {
            return;
        }
        Given next = new Given(node.at(), key, node, alone);
        Given first = given.putIfAbsent(key.name(), next);
        if (first != null && first.at().inCode() != node.at().inCode()) {
            given.put(key.name(), node.at().inCode() ? next : first);
        } else if (first != null && !first.alone().equals(alone)) {
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
