package dev.midstream.config;

import dev.midstream.routing.NamePattern;
import dev.midstream.routing.RouterConfig.Alias;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code model_group_alias}: a group's name, or {@code {model, hidden}}. */
final class AliasReader {

    private final Section router;
    private final Groups groups;

    AliasReader(Section router, Groups groups) {
        this.router = router;
        this.groups = groups;
    }

    Map<String, Alias> read() {
        Map<String, Alias> aliases = new LinkedHashMap<>();
        for (Entry entry : router.section("model_group_alias").mapping().entries()) {
            Alias alias = alias(entry);
            if (alias != null && known(alias.group(), entry)) {
                aliases.put(entry.name(), alias);
            }
        }
        return aliases;
    }

    private @Nullable Alias alias(Entry entry) {
        YamlNode value = entry.value();
        if (!(value instanceof Mapping mapping)) {
            String group = router.reading().text(entry.name(), value);
            return group == null ? null : new Alias(group, false);
        }
        Section section = new Section("model_group_alias", mapping, router.reading());
        String group = section.text("model");
        if (group == null) {
            router.reading()
                    .error(
                            mapping,
                            "the alias `"
                                    + entry.name()
                                    + "` needs `model`: the group that it stands for");
            return null;
        }
        return new Alias(group, Boolean.TRUE.equals(section.flag("hidden")));
    }

    private boolean known(String group, Entry entry) {
        if (NamePattern.isPattern(group) && groups.names().contains(group)) {
            String message = "the alias `" + entry.name() + "` ";
            router.reading().error(entry.value(), message + FallbackTargets.patternOnly(group));
            return false;
        }
        if (groups.names().contains(group) || groups.makes(group)) {
            return true;
        }
        router.reading()
                .error(
                        entry.value(),
                        "the alias `"
                                + entry.name()
                                + "` stands for `"
                                + group
                                + "`, which is no `model_name` or id"
                                + NearNames.question(group, groups.names()));
        return false;
    }
}
