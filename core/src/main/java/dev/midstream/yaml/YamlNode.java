package dev.midstream.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value and where it stands. Immutable. */
public sealed interface YamlNode {

    Position at();

    /** What it is, for messages: {@code a list}. Never shows the value itself. */
    String kind();

    /** What an unquoted scalar is by YAML 1.2's core schema; a quoted one is text. */
    enum Type {
        TEXT,
        WHOLE,
        DECIMAL,
        BOOLEAN,
        NULL
    }

    /**
     * @param text as it was written, quotes and escapes resolved
     * @param plain whether it stood without quotes
     */
    record Scalar(Position at, String text, Type type, boolean plain) implements YamlNode {
        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "a text";
                case WHOLE, DECIMAL -> "a number";
                case BOOLEAN -> "a boolean";
                case NULL -> "nothing";
            };
        }
    }

    /** A list. */
    record Sequence(Position at, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with values, in the order of the file; no key twice. */
    record Mapping(Position at, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        /** The entry of this key, or null. */
        public @Nullable Entry find(String key) {
            for (Entry entry : entries) {
                if (entry.name().equals(key)) {
                    return entry;
                }
            }
            return null;
        }
    }

    /** One key and its value. */
    record Entry(Scalar key, YamlNode value) {
        public String name() {
            return key.text();
        }
    }
}
