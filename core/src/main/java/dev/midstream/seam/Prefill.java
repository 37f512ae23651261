package dev.midstream.seam;

/**
 * What is sent as the beginning of the assistant's own turn, and what of the delivered text it
 * leaves out.
 *
 * @param sent the delivered text up to where the target has to go on
 * @param word the last word, which has to come back because {@code sent} ends before the blank
 *     space in front of it; or empty
 * @param edge what else was not sent
 */
record Prefill(String sent, String word, Edge edge) {
    private static final int LONGEST_WORD = 24;

    static Prefill of(String delivered, Options options) {
        String whole = Graphemes.withoutHalfPair(delivered);
        int blank = Blanks.trailingStart(whole);
        Edge edge = Edge.of(delivered);
        if (options.trimsLeadingWhitespace()) {
            int start = wordStart(whole, blank);
            return new Prefill(
                    whole.substring(0, start),
                    whole.substring(Math.min(blank, Blanks.end(whole, start)), blank),
                    edge);
        }
        return options.stripTrailingWhitespace()
                ? new Prefill(whole.substring(0, blank), "", edge)
                : new Prefill(whole, "", edge.withoutBlank());
    }

    /** Where the blank space before the last word begins; the end if there is none near. */
    private static int wordStart(String text, int end) {
        int word = end;
        while (word > 0 && end - word <= LONGEST_WORD && !Blanks.blank(text.charAt(word - 1))) {
            word--;
        }
        int start = Blanks.trailingStart(text.substring(0, word));
        return start > 0 && start < word ? start : end;
    }
}
