package dev.midstream.seam;

/**
 * What may stand before the repeated text: blank space, an ellipsis, a known preamble that comes to
 * an end, and, where the delivered text stopped inside a code block, the fence that opens it again.
 *
 * @param inCode whether it stopped inside a code block
 */
record Lead(boolean inCode) {
    private static final int LONGEST = 240;
    private static final String ENDS = ":：.!。！…—–-";
    private static final String QUOTES = "\"'`*_“‘„«「『《";
    private static final String CLOSINGS = "\"'`*_”’“»」』》";
    private static final String ELLIPSES = "….[(";

    /**
     * Whether the text before {@code index} may be dropped together with the delivered text that
     * begins there.
     */
    boolean allows(Flat text, int index) {
        int end = text.rawStart(index);
        String before = text.raw().substring(0, Math.min(end, LONGEST + 1));
        String words = before.strip();
        return words.isEmpty()
                || ellipsis(words)
                || end <= LONGEST && (fence(before, words) || preamble(before, words));
    }

    /**
     * Whether what came may still become something that is allowed, though it is no known preamble.
     */
    boolean mayCome(Flat text, int anchor) {
        char first = text.charAt(0);
        boolean marks = ELLIPSES.indexOf(first) >= 0 || QUOTES.indexOf(first) >= 0;
        boolean fence = inCode && (first == '`' || first == '~');
        return fence || marks && text.length() <= anchor + 2 * Anchor.FEWEST_CHARACTERS;
    }

    /**
     * The mark that closes the quotation which opens right before {@code index} and at the very
     * beginning; else empty.
     */
    static String quotation(Flat text, int index) {
        String marks = text.raw().substring(0, Math.min(text.rawStart(index), 4)).strip();
        boolean atIndex = text.rawStart(index) <= 3 && !marks.isEmpty();
        if (!atIndex || marks.chars().anyMatch(c -> c != marks.charAt(0))) {
            return "";
        }
        int kind = QUOTES.indexOf(marks.charAt(0));
        return kind < 0 ? "" : CLOSINGS.substring(kind, kind + 1).repeat(marks.length());
    }

    private boolean fence(String before, String words) {
        String line = words + "\n";
        return inCode
                && before.stripLeading().indexOf('\n') >= 0
                && Fences.openingLine(line) == line.length();
    }

    private boolean preamble(String before, String words) {
        boolean ends =
                ENDS.indexOf(words.charAt(words.length() - 1)) >= 0
                        || before.substring(before.stripTrailing().length()).indexOf('\n') >= 0;
        return ends && Openers.of(before, true).mayPrecede() && (inCode || !Fences.any(before));
    }

    private static boolean ellipsis(String words) {
        return words.length() <= 5 && words.chars().allMatch(c -> "….[]()".indexOf(c) >= 0);
    }
}
