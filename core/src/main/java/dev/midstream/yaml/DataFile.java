package dev.midstream.yaml;

import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads the data files that ship inside the engine's jar.
 *
 * <p><b>Failure</b>: a data file that is missing or malformed is a bug of ours, {@link
 * IllegalStateException}.
 */
public final class DataFile {

    private DataFile() {}

    /**
     * @param owner the class beside which the file stands
     */
    public static Mapping read(Class<?> owner, String name) {
        YamlDocument document = Yaml.parse(name, text(owner, name));
        if (!document.problems().isEmpty()) {
            throw new IllegalStateException(document.problems().toString());
        }
        if (document.root() instanceof Mapping mapping) {
            return mapping;
        }
        throw new IllegalStateException(name + " is not a mapping");
    }

    private static String text(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Mapping mapping(Mapping parent, String key) {
        Entry entry = parent.find(key);
        if (entry != null && entry.value() instanceof Mapping mapping) {
            return mapping;
        }
        throw new IllegalStateException(parent.at() + ": " + key + " is not a mapping");
    }

    public static List<YamlNode> items(Mapping parent, String key) {
        Entry entry = parent.find(key);
        return entry == null ? List.of() : items(entry.value());
    }

    /**
     * A list of texts, or one text that stands for a list of one; empty where the key is absent.
     */
    public static List<String> texts(Mapping parent, String key) {
        return items(parent, key).stream().map(DataFile::text).toList();
    }

    public static Optional<String> text(Mapping parent, String key) {
        Entry entry = parent.find(key);
        return entry == null ? Optional.empty() : Optional.of(text(entry.value()));
    }

    private static List<YamlNode> items(YamlNode node) {
        return node instanceof Sequence sequence ? sequence.items() : List.of(node);
    }

    private static String text(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return scalar.text();
        }
        throw new IllegalStateException(node.at() + ": a text was expected");
    }
}
