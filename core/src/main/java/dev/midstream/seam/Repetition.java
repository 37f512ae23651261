package dev.midstream.seam;

/**
 * Whether a text says a passage again right behind it: then rows repeat, and nothing tells which of
 * them are new.
 */
enum Repetition {
    NONE,
    /** So far it does. */
    UNDECIDED,
    REPEATED;

    /**
     * @param start where in the flat {@code text} what may be repeated begins
     * @param length how many flat characters it has
     * @param due whether no more is waited for
     */
    static Repetition of(Flat text, int start, int length, boolean due) {
        int from = start + length;
        if (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        int same = 0;
        while (same < length
                && from + same < text.length()
                && text.charAt(from + same) == text.charAt(start + same)) {
            same++;
        }
        if (same == length) {
            return REPEATED;
        }
        return from + same == text.length() && !due ? UNDECIDED : NONE;
    }
}
