package dev.midstream.config;

import dev.midstream.routing.RouterConfig.Alias;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads fallbacks in all shapes that LiteLLM's users write: a list of mappings or one mapping; a
 * list of names, one name, or objects with {@code model}. {@code "*"} stands for every group that
 * has none of its own.
 */
final class FallbackReader {

    private static final String EVERY = "*";

    private final Section router;
    private final Groups groups;
    private final Map<String, Alias> aliases;
    private final Set<String> known;
    private final Map<String, List<String>> byGroup;
    private final List<String> byDefault;

    FallbackReader(Section router, Groups groups, Map<String, Alias> aliases) {
        this.router = router;
        this.groups = groups;
        this.aliases = aliases;
        this.known = new LinkedHashSet<>(groups.names());
        this.known.addAll(aliases.keySet());
        this.byGroup = lists("fallbacks");
        this.byDefault = defaults();
        withoutEffect("context_window_fallbacks");
        withoutEffect("content_policy_fallbacks");
    }

    /** The groups asked after this one, its own only; empty if it has none. */
    List<String> of(String group) {
        return byGroup.getOrDefault(group, List.of());
    }

    List<String> byDefault() {
        return byDefault;
    }

    private List<String> defaults() {
        List<String> given =
                new ArrayList<>(targets("", router.node("default_fallbacks"), "default_fallbacks"));
        byGroup.getOrDefault(EVERY, List.of()).stream()
                .filter(t -> !given.contains(t))
                .forEach(given::add);
        return given;
    }

    private void withoutEffect(String key) {
        YamlNode node = router.node(key);
        if (node != null && !lists(key).isEmpty()) {
            router.reading()
                    .warning(
                            node,
                            "`"
                                    + key
                                    + "` is understood by LiteLLM and has no effect here yet; `fallbacks` counts for every failure");
        }
    }

    private Map<String, List<String>> lists(String key) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        YamlNode node = router.node(key);
        if (node != null) {
            lists(key, node, lists);
        }
        return lists;
    }

    private void lists(String key, YamlNode node, Map<String, List<String>> lists) {
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach(entry -> list(key, entry, lists));
            case Sequence sequence -> sequence.items().forEach(item -> item(key, item, lists));
            case Scalar scalar -> shape(key, scalar);
        }
    }

    private void item(String key, YamlNode item, Map<String, List<String>> lists) {
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

    private void list(String key, Entry entry, Map<String, List<String>> lists) {
        String group = group(entry.name());
        if (group == null) {
            String message = "`" + key + "` " + noGroup(entry.name());
            router.reading().diagnostics().error(entry.key().at(), message);
        }
        List<String> targets = targets(group == null ? "" : group, entry.value(), key);
        lists.merge(group == null ? "" : group, targets, FallbackReader::joined);
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
        }
        String bare = name.substring(name.indexOf('/') + 1);
        return groups.written().contains(bare) ? bare : null;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        Set<String> joined = new LinkedHashSet<>(first);
        joined.addAll(second);
        return List.copyOf(joined);
    }

    private String noGroup(String name) {
        return "names `"
                + name
                + "`, which is no `model_name`, alias or id"
                + NearNames.question(name, known);
    }

    private List<String> targets(String group, @Nullable YamlNode node, String key) {
        if (node == null) {
            return List.of();
        }
        List<YamlNode> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
        Set<String> targets = new LinkedHashSet<>();
        for (YamlNode item : items) {
            String target = target(item, key);
            if (target != null && usable(group, target, item, key)) {
                targets.add(target);
            }
        }
        return List.copyOf(targets);
    }

    private @Nullable String target(YamlNode item, String key) {
        if (!(item instanceof Mapping mapping)) {
            return router.reading().text(key, item);
        }
        Section object = new Section(key, mapping, router.reading());
        String model = object.text("model");
        if (model == null) {
            router.reading()
                    .error(item, "a fallback that is an object needs `model`: the group to ask");
        }
        object.left().forEach(this::ignored);
        return model;
    }

    private void ignored(Entry entry) {
        router.reading()
                .diagnostics()
                .warning(
                        entry.key().at(),
                        "`" + entry.name() + "` of a fallback has no effect here yet");
    }

    private boolean usable(String group, String target, YamlNode item, String key) {
        if (target.equals(group)) {
            router.reading()
                    .warning(
                            item,
                            "`"
                                    + group
                                    + "` falls back to itself; `num_retries` does that already");
            return false;
        }
        if (!known.contains(target)) {
            router.reading().error(item, "`" + key + "` " + noGroup(target));
        }
        return known.contains(target);
    }
}
