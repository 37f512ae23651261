package dev.midstream.config;

import dev.midstream.routing.Fallback;
import dev.midstream.routing.Fallbacks;
import dev.midstream.routing.RouterConfig.Alias;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads fallbacks in all shapes that LiteLLM's users write: a list of mappings or one mapping, from
 * a group to its fallbacks. {@code "*"} stands for every group that has none of its own.
 */
final class FallbackReader {

    private static final String EVERY = "*";

    private final Section router;
    private final Groups groups;
    private final Map<String, Alias> aliases;
    private final FallbackTargets targets;
    private final Map<String, List<Fallback>> general;
    private final Map<String, List<Fallback>> contextWindow;
    private final Map<String, List<Fallback>> contentPolicy;
    private final List<Fallback> defaults;

    FallbackReader(Section router, Groups groups, Map<String, Alias> aliases) {
        this.router = router;
        this.groups = groups;
        this.aliases = aliases;
        this.targets = new FallbackTargets(router.reading(), groups, aliases);
        this.general = lists("fallbacks");
        this.defaults = targets.read("", router.node("default_fallbacks"), "default_fallbacks");
        this.contextWindow = lists("context_window_fallbacks");
        this.contentPolicy = lists("content_policy_fallbacks");
    }

    /** What is asked after this group, by its own lists only. */
    Fallbacks of(String group) {
        return new Fallbacks(
                general.getOrDefault(group, List.of()),
                contextWindow.getOrDefault(group, List.of()),
                contentPolicy.getOrDefault(group, List.of()));
    }

    /** What is asked after a model that a pattern has made: by its name, else as the pattern's. */
    Fallbacks of(String name, String pattern) {
        Fallbacks own = of(name);
        Fallbacks shared = of(pattern);
        return new Fallbacks(
                general.containsKey(name) ? own.general() : shared.general(),
                contextWindow.containsKey(name) ? own.contextWindow() : shared.contextWindow(),
                contentPolicy.containsKey(name) ? own.contentPolicy() : shared.contentPolicy());
    }

    /** What is asked after groups without such lists of their own. */
    Fallbacks byDefault() {
        Fallbacks every = of(EVERY);
        return new Fallbacks(
                joined(defaults, every.general()), every.contextWindow(), every.contentPolicy());
    }

    private Map<String, List<Fallback>> lists(String key) {
        Map<String, List<Fallback>> lists = new LinkedHashMap<>();
        YamlNode node = router.node(key);
        if (node != null) {
            lists(key, node, lists);
        }
        return lists;
    }

    private void lists(String key, YamlNode node, Map<String, List<Fallback>> lists) {
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach(entry -> list(key, entry, lists));
            case Sequence sequence -> sequence.items().forEach(item -> item(key, item, lists));
            case Scalar scalar -> shape(key, scalar);
        }
    }

    private void item(String key, YamlNode item, Map<String, List<Fallback>> lists) {
        if (item instanceof Mapping mapping) {
            mapping.entries().forEach(entry -> list(key, entry, lists));
        } else {
            shape(key, item);
        }
    }

    private void shape(String key, YamlNode node) {
        router.reading()
                .expected(
                        key,
                        node,
                        "a list of mappings from a group to its fallbacks: `[{group: [other]}]`");
    }

    private void list(String key, Entry entry, Map<String, List<Fallback>> lists) {
        String group = group(entry.name());
        if (group == null) {
            String message = "`" + key + "` " + targets.noGroup(entry.name());
            router.reading().diagnostics().error(entry.key().at(), message);
        }
        String asked = group == null ? "" : group;
        lists.merge(asked, targets.read(asked, entry.value(), key), FallbackReader::joined);
    }

    /**
     * The group that a key means: itself, what an alias stands for, or, as in LiteLLM, what is left
     * without the provider's prefix. Null if it means none.
     */
    private @Nullable String group(String name) {
        Alias alias = aliases.get(name);
        if (name.equals(EVERY) || groups.written().contains(name)) {
            return name;
        } else if (alias != null) {
            return alias.group();
        } else if (groups.makes(name)) {
            return name;
        }
        String bare = name.substring(name.indexOf('/') + 1);
        return groups.written().contains(bare) ? bare : null;
    }

    private static List<Fallback> joined(List<Fallback> first, List<Fallback> second) {
        Set<Fallback> joined = new LinkedHashSet<>(first);
        joined.addAll(second);
        return List.copyOf(joined);
    }
}
