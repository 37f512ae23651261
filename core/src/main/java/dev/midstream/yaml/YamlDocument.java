package dev.midstream.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text holds. Immutable.
 *
 * @param root null if the text is empty or cannot be read at all
 * @param problems everything that is wrong, in the order of the text
 */
public record YamlDocument(@Nullable YamlNode root, List<YamlProblem> problems) {
    public YamlDocument {
        problems = List.copyOf(problems);
    }
}
