package dev.midstream.config;

import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays what a program says over what a file says. Deployments, credentials and includes are added;
 * mappings are joined key by key, lists of mappings (fallbacks) too; for all else the program's
 * word counts, and nothing for a key takes the file's away.
 */
final class Overlay {

    private static final Set<String> ADDED = Set.of("model_list", "credential_list", "include");
    private static final String ROUTER = "router_settings";
    private static final String LITELLM = "litellm_settings";

    private Overlay() {}

    static Mapping of(Mapping file, Mapping code) {
        Entry router = code.find(ROUTER);
        Mapping under =
                router != null && router.value() instanceof Mapping said
                        ? withoutShared(file, said)
                        : file;
        return joined(under, code);
    }

    /** The router's settings may stand in two sections; what code says in one is meant for both. */
    private static Mapping withoutShared(Mapping file, Mapping said) {
        Set<String> shared = SharedSettings.names();
        List<Entry> sections = new ArrayList<>();
        for (Entry section : file.entries()) {
            boolean other = section.name().equals(LITELLM);
            if (other && section.value() instanceof Mapping settings) {
                List<Entry> left =
                        settings.entries().stream()
                                .filter(
                                        entry ->
                                                said.find(entry.name()) == null
                                                        || !shared.contains(entry.name()))
                                .toList();
                sections.add(new Entry(section.key(), new Mapping(settings.at(), left)));
            } else {
                sections.add(section);
            }
        }
        return new Mapping(file.at(), sections);
    }

    private static Mapping joined(Mapping under, Mapping over) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        under.entries().forEach(entry -> entries.put(entry.name(), entry));
        over.entries().forEach(entry -> entries.merge(entry.name(), entry, Overlay::joined));
        return new Mapping(under.at(), List.copyOf(entries.values()));
    }

    private static Entry joined(Entry under, Entry over) {
        return new Entry(over.key(), joined(over.name(), under.value(), over.value()));
    }

    private static YamlNode joined(String key, YamlNode under, YamlNode over) {
        if (under instanceof Mapping below && over instanceof Mapping above) {
            return joined(below, above);
        }
        if (under instanceof Sequence below && over instanceof Mapping above) {
            return listed(below, above);
        }
        if (under instanceof Sequence below
                && over instanceof Sequence above
                && ADDED.contains(key)) {
            List<YamlNode> items = new ArrayList<>(below.items());
            items.addAll(above.items());
            return new Sequence(below.at(), items);
        }
        return over;
    }

    /** A list of mappings, in which what code says under the same keys takes their place. */
    private static YamlNode listed(Sequence below, Mapping above) {
        List<YamlNode> items = new ArrayList<>();
        for (YamlNode item : below.items()) {
            items.add(item instanceof Mapping mapping ? without(mapping, above) : item);
        }
        items.add(above);
        return new Sequence(above.at(), items);
    }

    private static Mapping without(Mapping mapping, Mapping above) {
        return new Mapping(
                mapping.at(),
                mapping.entries().stream().filter(e -> above.find(e.name()) == null).toList());
    }
}
