package dev.midstream.seam;

/** Blank space on both sides of a seam: what was released must not come twice. */
final class Blanks {

    private Blanks() {}

    static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Where the blank space at the end of {@code text} begins. */
    static int trailingStart(CharSequence text) {
        int start = text.length();
        while (start > 0 && blank(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Where the blank space that begins at {@code from} ends. */
    static int end(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && blank(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static String strip(String text) {
        int to = trailingStart(text);
        return text.substring(Math.min(end(text, 0), to), to);
    }

    /**
     * Whether enough of a continuation is there to reconcile it with the blank space released
     * before it.
     */
    static boolean reconcilable(String released, CharSequence continuation, boolean ended) {
        int leading = end(continuation, 0);
        return ended
                || leading < continuation.length()
                || leading > 0 && startsWith(continuation, released);
    }

    /**
     * How much of the blank space at the beginning of {@code continuation} the client has already:
     * all that was released, if it is repeated; what came of it, if it is cut short; what stands on
     * one line, if a line break was released in its place.
     */
    static int reconcile(String released, CharSequence continuation) {
        int leading = end(continuation, 0);
        if (startsWith(continuation, released)) {
            return released.length();
        }
        String blank = continuation.subSequence(0, leading).toString();
        boolean inLine = released.indexOf('\n') >= 0 && blank.indexOf('\n') < 0;
        return released.startsWith(blank) || inLine ? leading : 0;
    }

    private static boolean startsWith(CharSequence text, String prefix) {
        return text.length() >= prefix.length()
                && prefix.contentEquals(text.subSequence(0, prefix.length()));
    }
}
