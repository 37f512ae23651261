package dev.midstream.seam;

/**
 * What of the delivered text lies right at the seam and cannot be asked for: the blank space at its
 * end, and the first half of a surrogate pair behind it.
 */
record Edge(String blank, String half) {
    static final int NOT_YET = -1;
    static final int DIFFERS = -2;

    static final Edge NONE = new Edge("", "");

    static Edge of(String delivered) {
        String whole = Graphemes.withoutHalfPair(delivered);
        return new Edge(
                whole.substring(Blanks.trailingStart(whole)), delivered.substring(whole.length()));
    }

    /** The same for a target that was shown the blank space too. */
    Edge withoutBlank() {
        return new Edge("", half);
    }

    /**
     * What to answer to {@link #NOT_YET} when so many characters came behind the seam: blank space
     * has a bound.
     */
    static Verdict wait(int came) {
        return came < Hold.CHARACTERS
                ? Verdict.Pending.INSTANCE
                : new Verdict.Rejected(Verdict.Reason.UNPROVEN, "nothing but blank space came");
    }

    /**
     * Where the new text begins in {@code raw}, whose text up to {@code from} the client has; or
     * one of the constants.
     */
    int pass(CharSequence raw, int from, boolean ended) {
        CharSequence rest = raw.subSequence(from, raw.length());
        if (!Blanks.reconcilable(blank, rest, ended)) {
            return NOT_YET;
        }
        int at = from + Blanks.reconcile(blank, rest);
        if (half.isEmpty()) {
            return at;
        }
        if (at == raw.length()) {
            return ended ? DIFFERS : NOT_YET;
        }
        return raw.charAt(at) == half.charAt(0) ? at + 1 : DIFFERS;
    }
}
