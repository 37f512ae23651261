package dev.midstream.config;

import dev.midstream.model.Secret;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import dev.midstream.yaml.YamlNode.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping being read. Remembers which keys were asked for, so that what is left is unknown.
 * Values are null where the key is absent, empty or wrong; the latter has been said. Not
 * thread-safe.
 */
final class Section {

    private final String name;
    private final Mapping mapping;
    private final Reading reading;
    private final Set<String> asked = new HashSet<>();

    /**
     * @param name for messages: {@code router_settings}
     */
    Section(String name, Mapping mapping, Reading reading) {
        this.name = name;
        this.mapping = mapping;
        this.reading = reading;
    }

    /** What stands under a key as a section: an empty one if nothing usable does. */
    static Section of(String name, @Nullable YamlNode node, YamlNode parent, Reading reading) {
        if (node instanceof Mapping mapping) {
            return new Section(name, mapping, reading);
        }
        if (node != null && !isNull(node)) {
            reading.expected(name, node, "a mapping of keys to values");
        }
        return new Section(name, new Mapping(parent.at(), List.of()), reading);
    }

    String name() {
        return name;
    }

    Mapping mapping() {
        return mapping;
    }

    Reading reading() {
        return reading;
    }

    /** What stands under a key; null for an absent key and for an empty value. */
    @Nullable YamlNode node(String key) {
        asked.add(key);
        Entry entry = mapping.find(key);
        return entry == null || isNull(entry.value()) ? null : entry.value();
    }

    /** The first of these keys that is there. */
    @Nullable YamlNode first(String... keys) {
        YamlNode found = null;
        for (String key : keys) {
            YamlNode node = node(key);
            found = found == null ? node : found;
        }
        return found;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.type() == Type.NULL;
    }

    /** The entries that nobody asked for. */
    List<Entry> left() {
        return mapping.entries().stream().filter(e -> !asked.contains(e.name())).toList();
    }

    @Nullable String text(String key) {
        return read(key, node -> reading.text(key, node));
    }

    @Nullable Secret secret(String key, String whose) {
        return read(key, node -> reading.secret(key, node, whose));
    }

    @Nullable Boolean flag(String key) {
        return read(key, node -> reading.flag(key, node));
    }

    @Nullable Integer whole(String key, int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        return parsed(key, expected, text -> SettingValue.whole(text, least, most));
    }

    /** A number of at least zero. */
    @Nullable Double number(String key) {
        return parsed(
                key,
                "a number, 0 or more",
                text -> {
                    BigDecimal number = SettingValue.number(text);
                    return number == null || number.signum() < 0 ? null : number.doubleValue();
                });
    }

    @Nullable Duration seconds(String key) {
        return parsed(
                key, "a number of seconds, 0 to 30 days", text -> SettingValue.seconds(text, 0));
    }

    private <T> @Nullable T parsed(
            String key, String expected, Function<String, @Nullable T> parse) {
        return read(
                key,
                node -> {
                    String text = reading.text(key, node);
                    T value = text == null ? null : parse.apply(text.strip());
                    if (text != null && value == null) {
                        reading.wrong(key, node, expected);
                    }
                    return value;
                });
    }

    private <T> @Nullable T read(String key, Function<YamlNode, @Nullable T> read) {
        YamlNode node = node(key);
        return node == null ? null : read.apply(node);
    }

    /** A list of texts; one text alone is a list of one. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(node(key))) {
            String text = reading.text(key, item);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static List<YamlNode> items(@Nullable YamlNode node) {
        if (node == null) {
            return List.of();
        }
        return node instanceof Sequence sequence ? sequence.items() : List.of(node);
    }

    /** What stands under a key as a section of its own; an empty one if nothing does. */
    Section section(String key) {
        return of(key, node(key), mapping, reading);
    }
}
