package dev.midstream.seam;

/**
 * The end of the delivered text that a target is asked to repeat.
 *
 * <p>Six words and thirty characters, whole words; longer where the text says the same elsewhere,
 * until it says it nowhere else; all of it where it is short. A text that repeats its end over more
 * than {@link #LONGEST} characters is ambiguous: its anchor stays short, and nothing but the anchor
 * may be dropped.
 *
 * @param text as delivered, blank space at its end included
 * @param flat the same, flat, without blank space at its end
 * @param repeated the length of the longest end of the flat delivered text that also occurs earlier
 *     in it
 */
record Anchor(String text, String flat, int repeated, boolean ambiguous) {
    static final int LONGEST = 600;
    static final int FEWEST_CHARACTERS = 12;
    static final int FEWEST_WORDS = 3;

    static final Anchor NONE = new Anchor("", "", 0, false);

    private static final int CHARACTERS = 30;
    private static final int WORDS = 6;
    private static final int LONGEST_PLAIN = 80;
    private static final int LONGEST_WORD = 40;

    static Anchor of(String delivered) {
        Flat flat = Flat.of(delivered.substring(0, Blanks.trailingStart(delivered)));
        int repeated = longestRepeatedEnd(flat.text());
        boolean ambiguous = repeated >= LONGEST;
        int length = ambiguous ? plainLength(flat) : Math.max(plainLength(flat), repeated + 1);
        int start = startAtOrBefore(delivered, flat, flat.length() - length);
        return new Anchor(
                delivered.substring(start == 0 ? 0 : flat.rawStart(start)),
                flat.text().substring(start),
                repeated,
                ambiguous);
    }

    /** Whether {@code flat} is long enough to tell one place from another. */
    static boolean tells(CharSequence flat) {
        return flat.length() >= CHARACTERS
                || flat.length() >= FEWEST_CHARACTERS && words(flat) >= FEWEST_WORDS;
    }

    /** Whether it says something that the delivered text does not go on saying. */
    boolean tellsOnce() {
        return tells(flat) && !ambiguous && !overAndOver(repeated, flat.length());
    }

    /** Whether a text of this length is the same twice or more, blank space between them aside. */
    static boolean overAndOver(int repeatedEnd, int length) {
        return 2 * repeatedEnd + 2 >= length;
    }

    private static int plainLength(Flat flat) {
        int words = 0;
        int length = 0;
        int longest = Math.min(flat.length(), LONGEST_PLAIN);
        while (length < longest && (length < CHARACTERS || words < WORDS)) {
            length++;
            if (wordStarts(flat, flat.length() - length)) {
                words++;
            }
        }
        return length;
    }

    /**
     * Back to the beginning of a word; in a long run without blank space, to the beginning of a
     * grapheme.
     */
    private static int startAtOrBefore(String delivered, Flat flat, int index) {
        int start = Math.max(0, index);
        while (start > 0 && index - start < LONGEST_WORD && flat.charAt(start - 1) != ' ') {
            start--;
        }
        if (start > 0 && flat.charAt(start - 1) != ' ') {
            start = graphemeStart(delivered, flat, Math.max(0, index));
        } else if (start > 0 && delivered.endsWith("\n") && startsLine(flat, start)) {
            start = startAtOrBefore(delivered, flat, start - 2);
        }
        return start < FEWEST_CHARACTERS ? 0 : start;
    }

    private static int graphemeStart(String delivered, Flat flat, int index) {
        int from = flat.rawStart(Math.max(0, index - 2 * LONGEST_WORD));
        int to = Math.min(delivered.length(), flat.rawStart(index) + LONGEST_WORD);
        String around = delivered.substring(from, to);
        int boundary = from + Graphemes.boundaryAtOrBefore(around, flat.rawStart(index) - from);
        int start = index;
        while (start > 0 && flat.rawStart(start) > boundary) {
            start--;
        }
        return start;
    }

    /**
     * An anchor of whole lines would fit between any two equal rows of a table: it begins inside
     * one.
     */
    private static boolean startsLine(Flat flat, int index) {
        int from = flat.rawStart(index - 1);
        return flat.raw().substring(from, flat.rawStart(index)).indexOf('\n') >= 0;
    }

    static int words(CharSequence flat) {
        int words = 0;
        for (int i = 0; i < flat.length(); i++) {
            words += wordStarts(flat.charAt(i), i == 0 ? ' ' : flat.charAt(i - 1)) ? 1 : 0;
        }
        return words;
    }

    private static boolean wordStarts(Flat flat, int index) {
        return wordStarts(flat.charAt(index), index == 0 ? ' ' : flat.charAt(index - 1));
    }

    /** A script without blank space between words counts by its characters. */
    private static boolean wordStarts(char c, char before) {
        return c != ' ' && (before == ' ' || unspaced(c));
    }

    private static boolean unspaced(char c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
            default -> false;
        };
    }

    /** The longest beginning of the reversed text that it contains again. */
    static int longestRepeatedEnd(String flat) {
        int longest = 0;
        for (int border : Borders.of(new StringBuilder(flat).reverse())) {
            longest = Math.max(longest, border);
        }
        return longest;
    }
}
