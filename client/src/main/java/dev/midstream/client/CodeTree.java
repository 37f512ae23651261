package dev.midstream.client;

import dev.midstream.client.TimeSettings.Missing;
import dev.midstream.config.Diagnostic;
import dev.midstream.config.Diagnostic.Severity;
import dev.midstream.model.Json;
import dev.midstream.yaml.Position;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import dev.midstream.yaml.YamlNode.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes of values the tree that a file would hold, each with its place in words, and gathers what
 * cannot stand there. Used once.
 */
final class CodeTree {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 100_000;
    private static final int SHOWN = 60;

    private final List<Diagnostic> problems = new ArrayList<>();
    private int places;

    /** What cannot stand in a configuration, in the order in which it was met. */
    List<Diagnostic> problems() {
        return problems;
    }

    void error(String place, String message) {
        problems.add(Diagnostic.of(Severity.ERROR, at(place), message));
    }

    Diagnostic warning(String place, String message) {
        return Diagnostic.of(Severity.WARNING, at(place), message);
    }

    private Position at(String place) {
        return Position.inCode(place, ++places);
    }

    /**
     * @param place in words; its entries stand at {@code place: key}
     */
    Mapping mapping(String place, Map<?, ?> values) {
        return mapping(place, place + ": ", values, 0);
    }

    /** A mapping of nodes that are made already. */
    Mapping of(String place, Map<String, ? extends YamlNode> nodes) {
        List<Entry> entries = new ArrayList<>();
        Position at = at(place);
        nodes.forEach((key, node) -> entries.add(new Entry(key(node.at(), key), node)));
        return new Mapping(at, entries);
    }

    /** A list of nodes that are made already. */
    Sequence of(String place, List<? extends YamlNode> items) {
        return new Sequence(at(place), List.copyOf(items));
    }

    /** What {@link #mapping} would make of one value. */
    YamlNode node(String place, @Nullable Object value) {
        return node(place, value, 0);
    }

    private Mapping mapping(String place, String inside, Map<?, ?> values, int depth) {
        Position at = at(place);
        List<Entry> entries = new ArrayList<>();
        values.forEach(
                (name, value) -> {
                    String key = name instanceof CharSequence text ? text.toString() : "";
                    String where = inside + shown(key);
                    if (key.isBlank()) {
                        error(place, "a key here is " + what(name) + "; expected a text");
                    } else {
                        YamlNode node = node(where, value, depth + 1);
                        entries.add(new Entry(key(node.at(), key), node));
                    }
                });
        return new Mapping(at, entries);
    }

    private static Scalar key(Position at, String key) {
        return new Scalar(at, key, Type.TEXT, true);
    }

    private YamlNode node(String place, @Nullable Object value, int depth) {
        if (depth > MAX_DEPTH || places > MAX_VALUES) {
            if (places <= MAX_VALUES || problems.size() < MAX_DEPTH) {
                error(place, "nested deeper than 64 levels, or more than 100000 values");
            }
            return nothing(place);
        }
        return switch (value) {
            case null -> nothing(place);
            case Map<?, ?> map -> mapping(place, place + ".", map, depth);
            case Iterable<?> items when !(items instanceof Path) -> sequence(place, items, depth);
            case Object[] items -> sequence(place, Arrays.asList(items), depth);
            case Json json -> json(place, json, depth);
            default -> scalar(place, value);
        };
    }

    private YamlNode json(String place, Json json, int depth) {
        try {
            return node(place, CodeValue.parsed(json), depth);
        } catch (IllegalArgumentException none) {
            error(place, String.valueOf(none.getMessage()));
            return nothing(place);
        }
    }

    private Sequence sequence(String place, Iterable<?> values, int depth) {
        Position at = at(place);
        List<YamlNode> items = new ArrayList<>();
        for (Object item : values) {
            items.add(node(place + "[" + items.size() + "]", item, depth + 1));
        }
        return new Sequence(at, items);
    }

    private YamlNode scalar(String place, Object value) {
        CodeValue scalar = CodeValue.of(value);
        if (scalar == null) {
            error(
                    place,
                    "here stands "
                            + what(value)
                            + (value == Missing.VALUE
                                    ? "; pass a value, or leave the call out"
                                    : "; expected " + CodeValue.EXPECTED));
            return nothing(place);
        }
        return new Scalar(at(place), scalar.text(), scalar.type(), false);
    }

    private Scalar nothing(String place) {
        return new Scalar(at(place), "", Type.NULL, false);
    }

    /** A value as messages name it: never what it holds. */
    private static String what(@Nullable Object value) {
        if (value == null || value == Missing.VALUE) {
            return "null";
        }
        return value instanceof CharSequence ? "an empty text" : "a " + value.getClass().getName();
    }

    /** A name as places show it: one line, not too long. */
    static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** What a typed method was given several of, nulls marked. */
    static <T> List<Object> list(T @Nullable [] values) {
        List<Object> list = new ArrayList<>();
        for (Object value : values == null ? new Object[] {Missing.VALUE} : values) {
            list.add(value == null ? Missing.VALUE : value);
        }
        return Collections.unmodifiableList(list);
    }
}
