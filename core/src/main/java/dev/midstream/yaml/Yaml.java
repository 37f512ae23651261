package dev.midstream.yaml;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2, one document a text.
 *
 * <p><b>Failure</b>: never throws on input; what is wrong is in the document's problems. At most
 * 100,000 values, 200 uses of anchors on collections and 64 levels are read.
 */
public final class Yaml {

    private static final int MAX_ALIASES = 200;

    private Yaml() {}

    /**
     * @param file the name that positions carry
     */
    public static YamlDocument parse(String file, String text) {
        try {
            Optional<Node> root = new Compose(settings(file)).composeString(text);
            return root.map(node -> new TreeBuilder(file).build(node))
                    .orElseGet(() -> new YamlDocument(null, List.of()));
        } catch (MarkedYamlEngineException e) {
            return broken(position(file, e), sentence(e, text));
        } catch (ReaderException e) {
            return broken(position(file, text, e.getPosition()), unreadable(e));
        } catch (YamlEngineException e) {
            return broken(new Position(file, 1, 1), "not readable as YAML: " + e.getMessage());
        }
    }

    private static LoadSettings settings(String file) {
        return LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setAllowNonScalarKeys(true)
                .build();
    }

    private static YamlDocument broken(Position at, String message) {
        return new YamlDocument(null, List.of(new YamlProblem(at, message)));
    }

    private static Position position(String file, MarkedYamlEngineException e) {
        return e.getProblemMark()
                .or(e::getContextMark)
                .map(mark -> position(file, mark))
                .orElseGet(() -> new Position(file, 1, 1));
    }

    static Position position(String file, Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Position position(String file, String text, int index) {
        String before = text.substring(0, Math.min(index, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Position(file, line + 1, before.length() - before.lastIndexOf('\n'));
    }

    private static String unreadable(ReaderException e) {
        return "the character U+%04X cannot stand in YAML".formatted(e.getCodePoint());
    }

    private static String sentence(MarkedYamlEngineException e, String text) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("(TAB)")) {
            return "a tab cannot indent YAML; write spaces";
        }
        return "not valid YAML: " + problem + context(e) + cure(e, problem, text);
    }

    private static String context(MarkedYamlEngineException e) {
        String context = e.getContext();
        if (context == null || context.isEmpty()) {
            return "";
        }
        return e.getContextMark()
                .map(mark -> " (" + context + " that begins on line " + (mark.getLine() + 1) + ")")
                .orElse("");
    }

    private static String cure(MarkedYamlEngineException e, String problem, String text) {
        int line = e.getProblemMark().map(Mark::getLine).orElse(0);
        if (isAssignment(text, line) || isAssignment(text, line - 1)) {
            return "; a key and its value are joined by `: `, not by `=`";
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "; a value that holds `: ` needs quotes, and a key must be indented as its neighbours are";
        }
        if (problem.contains("expected <block end>")) {
            return "; is this line indented as its neighbours are?";
        }
        return "";
    }

    private static boolean isAssignment(String text, int line) {
        return text.lines().skip(Math.max(0, line)).findFirst().orElse("").matches("\\s*\\w+=.*");
    }
}
