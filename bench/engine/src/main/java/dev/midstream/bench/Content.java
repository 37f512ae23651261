package dev.midstream.bench;

import java.util.ArrayList;
import java.util.List;

/** What an answer consists of. */
public enum Content {
    TEXT,
    REASONING,
    ARGUMENTS;

    /** Short words as models send them: with some that need an escape, or more than one byte. */
    private static final List<String> WORDS =
            List.of(
                    "The",
                    " stream",
                    " breaks",
                    " off",
                    ",",
                    " and",
                    " another",
                    " deployment",
                    " goes",
                    " on",
                    ":",
                    " that’s",
                    " all",
                    " it",
                    " takes",
                    ".\n\n");

    /** The increments of one answer. Those of {@link #ARGUMENTS} make up one JSON object. */
    List<String> pieces(int count) {
        List<String> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String word = WORDS.get(i % WORDS.size());
            pieces.add(this == ARGUMENTS ? word.replace("\n", "\\n") : word);
        }
        if (this == ARGUMENTS) {
            pieces.set(0, "{\"note\":\"");
            pieces.set(count - 1, "\"}");
        }
        return pieces;
    }
}
