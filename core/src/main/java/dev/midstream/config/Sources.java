package dev.midstream.config;

import dev.midstream.yaml.Position;
import dev.midstream.yaml.Yaml;
import dev.midstream.yaml.YamlDocument;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a configuration and all that it includes into one mapping: lists are joined, mappings are
 * merged key by key, and what the including file says counts. Used once.
 */
final class Sources {

    private static final int MOST_FILES = 100;

    private final Diagnostics diagnostics;
    private final FileReader files;
    private final Set<String> seen = new LinkedHashSet<>();

    Sources(Diagnostics diagnostics, FileReader files) {
        this.diagnostics = diagnostics;
        this.files = files;
    }

    Mapping read(String file, String text) {
        seen.add(file);
        YamlDocument document = Yaml.parse(file, text);
        document.problems().forEach(problem -> diagnostics.error(problem.at(), problem.message()));
        YamlNode root = document.root();
        if (root instanceof Mapping mapping) {
            return withIncludes(mapping, file);
        }
        Position start = new Position(file, 1, 1);
        if (document.problems().isEmpty()) {
            String stands = root == null ? "nothing" : root.kind();
            diagnostics.error(
                    start,
                    "a configuration is a mapping with `model_list` in it; here stands " + stands);
        }
        return new Mapping(start, List.of());
    }

    /** A configuration that is no file's, with all that it includes. */
    Mapping read(Mapping root) {
        return withIncludes(root, "");
    }

    private Mapping withIncludes(Mapping mapping, String file) {
        Entry include = mapping.find("include");
        if (include == null) {
            return mapping;
        }
        Mapping joined = mapping;
        for (YamlNode item : items(include.value())) {
            joined = join(joined, included(item, file));
        }
        return joined;
    }

    private List<YamlNode> items(YamlNode node) {
        return node instanceof Sequence sequence ? sequence.items() : List.of(node);
    }

    private Mapping included(YamlNode item, String file) {
        Mapping nothing = new Mapping(item.at(), List.of());
        if (!(item instanceof Scalar scalar)) {
            diagnostics.error(
                    item.at(),
                    "`include` must be a list of file names; here stands " + item.kind());
            return nothing;
        }
        String path = beside(file, scalar.text());
        if (seen.contains(path) || seen.size() >= MOST_FILES) {
            diagnostics.error(
                    item.at(),
                    "`"
                            + path
                            + "` is included already, or more than "
                            + MOST_FILES
                            + " files are");
            return nothing;
        }
        try {
            return read(path, files.read(path));
        } catch (IOException e) {
            diagnostics.error(item.at(), "`" + path + "` cannot be read: " + e.getMessage());
            return nothing;
        }
    }

    private static String beside(String file, String path) {
        int slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
        boolean absolute = path.startsWith("/") || path.matches("[A-Za-z]:[/\\\\].*");
        return absolute || slash < 0 ? path : file.substring(0, slash + 1) + path;
    }

    private Mapping join(Mapping first, Mapping second) {
        Map<String, Entry> joined = new LinkedHashMap<>();
        first.entries().forEach(entry -> joined.put(entry.name(), entry));
        for (Entry entry : second.entries()) {
            if (!entry.name().equals("include")) {
                joined.merge(entry.name(), entry, this::join);
            }
        }
        return new Mapping(first.at(), List.copyOf(joined.values()));
    }

    private Entry join(Entry first, Entry second) {
        if (first.value() instanceof Sequence one && second.value() instanceof Sequence two) {
            List<YamlNode> items = new ArrayList<>(one.items());
            items.addAll(two.items());
            return new Entry(first.key(), new Sequence(one.at(), items));
        }
        if (first.value() instanceof Mapping one && second.value() instanceof Mapping two) {
            return new Entry(first.key(), join(one, two));
        }
        diagnostics.warning(
                second.key().at(),
                "`" + second.name() + "` is set at " + first.key().at() + " already, which counts");
        return first;
    }
}
