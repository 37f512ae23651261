package dev.midstream.config;

import dev.midstream.model.Json;
import dev.midstream.model.RouterMembers;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.NamePattern;
import dev.midstream.routing.RouterConfig.Alias;
import dev.midstream.routing.Variant;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a group falls back to: a list of names, one name, or objects with {@code model} and
 * the members of the request that are replaced for it.
 */
final class FallbackTargets {

    private final Reading reading;
    private final Groups groups;
    private final Set<String> known;
    private final JsonValues values;

    FallbackTargets(Reading reading, Groups groups, Map<String, Alias> aliases) {
        this.reading = reading;
        this.groups = groups;
        this.values = new JsonValues(reading);
        this.known = new LinkedHashSet<>(groups.names());
        this.known.addAll(aliases.keySet());
    }

    /**
     * @param group whose fallbacks these are, empty for nobody's
     */
    List<Fallback> read(String group, @Nullable YamlNode node, String key) {
        if (node == null) {
            return List.of();
        }
        List<YamlNode> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
        Set<Fallback> targets = new LinkedHashSet<>();
        for (YamlNode item : items) {
            Fallback target = target(item, key);
            if (target != null && usable(group, target, item, key)) {
                targets.add(target);
            }
        }
        return List.copyOf(targets);
    }

    private @Nullable Fallback target(YamlNode item, String key) {
        if (!(item instanceof Mapping mapping)) {
            String name = reading.text(key, item);
            return name == null ? null : new Fallback(name, Variant.NONE);
        }
        Section object = new Section(key, mapping, reading);
        String model = object.text("model");
        if (model == null) {
            reading.error(item, "a fallback that is an object needs `model`: the group to ask");
            return null;
        }
        return new Fallback(model, variant(object));
    }

    private Variant variant(Section object) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Entry entry : object.left()) {
            String name = entry.name();
            if (RouterMembers.REFUSED.contains(name)) {
                ignored(entry, "; credentials and hosts belong to a deployment in `model_list`");
            } else if (RouterMembers.fixed(name)) {
                ignored(entry, "; it counts for the whole request");
            } else {
                members.put(name, values.json(name, entry.value()));
            }
        }
        return new Variant(members);
    }

    private void ignored(Entry entry, String why) {
        String message = "`" + entry.name() + "` of a fallback has no effect";
        reading.diagnostics().warning(entry.key().at(), message + why);
    }

    private boolean usable(String group, Fallback target, YamlNode item, String key) {
        if (target.model().equals(group) && target.variant().none()) {
            reading.warning(
                    item, "`" + group + "` falls back to itself; `num_retries` does that already");
            return false;
        }
        boolean pattern = NamePattern.isPattern(target.model());
        boolean there = known.contains(target.model()) || groups.makes(target.model());
        if (!there || pattern) {
            String problem = there ? patternOnly(target.model()) : noGroup(target.model());
            reading.error(item, "`" + key + "` " + problem);
        }
        return there && !pattern;
    }

    static String patternOnly(String name) {
        return "names `" + name + "`, which stands for many models; name one that it matches";
    }

    String noGroup(String name) {
        return "names `"
                + name
                + "`, which is no `model_name`, alias or id"
                + NearNames.question(name, known);
    }
}
