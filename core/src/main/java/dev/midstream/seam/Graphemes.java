package dev.midstream.seam;

import java.text.BreakIterator;
import java.util.Locale;

/** Where a text may be cut. */
final class Graphemes {

    private Graphemes() {}

    /**
     * The nearest place at or before {@code index} that does not split what a reader sees as one
     * character.
     */
    static int boundaryAtOrBefore(String text, int index) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        return characters.isBoundary(index) ? index : characters.preceding(index);
    }

    /**
     * {@code text} without the first half of a surrogate pair at its end: half a pair cannot be
     * sent.
     */
    static String withoutHalfPair(String text) {
        int last = text.length() - 1;
        return last >= 0 && Character.isHighSurrogate(text.charAt(last))
                ? text.substring(0, last)
                : text;
    }
}
