package dev.midstream.yaml;

import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import dev.midstream.yaml.YamlNode.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the parser's graph into a tree: anchors copied in, merge keys resolved. Used once. */
final class TreeBuilder {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 100_000;

    private final String file;
    private final List<YamlProblem> problems = new ArrayList<>();
    private int values;

    TreeBuilder(String file) {
        this.file = file;
    }

    YamlDocument build(Node root) {
        try {
            return new YamlDocument(node(root, 0), problems);
        } catch (TooMuch e) {
            return new YamlDocument(null, List.of(new YamlProblem(e.at, e.sentence)));
        }
    }

    private YamlNode node(Node node, int depth) throws TooMuch {
        Position at = at(node);
        if (depth > MAX_DEPTH) {
            throw new TooMuch(
                    at, "nested deeper than " + MAX_DEPTH + " levels, or an anchor inside itself");
        }
        if (++values > MAX_VALUES) {
            throw new TooMuch(at, "more than " + MAX_VALUES + " values, anchors copied in");
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar, at);
            case SequenceNode sequence -> sequence(sequence, at, depth);
            case MappingNode mapping -> mapping(mapping, at, depth);
            default -> throw new TooMuch(at, "not a value that can be read");
        };
    }

    private Scalar scalar(ScalarNode node, Position at) {
        return new Scalar(at, node.getValue(), type(node, at), node.isPlain());
    }

    private Type type(ScalarNode node, Position at) {
        Tag tag = node.getTag();
        if (tag.equals(Tag.INT)) {
            return Type.WHOLE;
        } else if (tag.equals(Tag.FLOAT)) {
            return Type.DECIMAL;
        } else if (tag.equals(Tag.BOOL)) {
            return Type.BOOLEAN;
        } else if (tag.equals(Tag.NULL)) {
            return Type.NULL;
        } else if (!tag.equals(Tag.STR)) {
            problems.add(
                    new YamlProblem(
                            at, "the tag `" + tag.getValue() + "` is not understood; remove it"));
        }
        return Type.TEXT;
    }

    private Sequence sequence(SequenceNode node, Position at, int depth) throws TooMuch {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(node(item, depth + 1));
        }
        return new Sequence(at, items);
    }

    /** The parser has merged what {@code <<} names already. */
    private Mapping mapping(MappingNode node, Position at, int depth) throws TooMuch {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Scalar key = key(tuple.getKeyNode());
            YamlNode value = node(tuple.getValueNode(), depth + 1);
            if (key != null) {
                put(entries, new Entry(key, value));
            }
        }
        return new Mapping(at, List.copyOf(entries.values()));
    }

    private @Nullable Scalar key(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, at(node));
        }
        problems.add(new YamlProblem(at(node), "a key must be a text"));
        return null;
    }

    private void put(Map<String, Entry> entries, Entry entry) {
        Entry first = entries.putIfAbsent(entry.name(), entry);
        if (first != null) {
            String name = entry.name();
            int line = first.key().at().line();
            problems.add(
                    new YamlProblem(
                            entry.key().at(),
                            "`"
                                    + name
                                    + "` stands here twice: first on line "
                                    + line
                                    + "; remove one"));
        }
    }

    private Position at(Node node) {
        return node.getStartMark()
                .map(mark -> Yaml.position(file, mark))
                .orElseGet(() -> new Position(file, 1, 1));
    }

    /** Unwinds the tree walk. */
    private static final class TooMuch extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Position at;
        private final String sentence;

        TooMuch(Position at, String sentence) {
            super(sentence, null, false, false);
            this.at = at;
            this.sentence = sentence;
        }
    }
}
