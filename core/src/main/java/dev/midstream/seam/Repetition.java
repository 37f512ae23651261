package dev.midstream.seam;

/**
 * Whether a text says its beginning again right behind it: then rows repeat, and nothing tells
 * which of them are new.
 */
enum Repetition {
    NONE,
    /** So far it does. */
    UNDECIDED,
    REPEATED;

    /**
     * @param length how many flat characters of {@code text} are the beginning
     * @param due whether no more is waited for
     */
    static Repetition of(Flat text, int length, boolean due) {
        int from = length;
        if (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        int same = 0;
        while (same < length
                && from + same < text.length()
                && text.charAt(from + same) == text.charAt(same)) {
            same++;
        }
        if (same == length) {
            return REPEATED;
        }
        return from + same == text.length() && !due ? UNDECIDED : NONE;
    }
}
