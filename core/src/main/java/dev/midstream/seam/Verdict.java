package dev.midstream.seam;

import dev.midstream.model.SeamGrade;

/** What a {@link SeamJoiner} knows after an input. Everything but {@link Pending} is final. */
public sealed interface Verdict {

    /** Not known yet: what came is held. */
    record Pending() implements Verdict {
        public static final Pending INSTANCE = new Pending();
    }

    /**
     * The continuation joins.
     *
     * @param release what follows the delivered text, possibly empty; whatever comes later follows
     *     it as it is
     * @param dropped how many characters of the continuation were removed before {@code release}
     * @param note how the join was found, for the log: holds none of the text
     */
    record Joined(SeamGrade grade, String release, int dropped, String note) implements Verdict {}

    /**
     * The candidate is out; nothing of it may reach the client.
     *
     * @param message for the log: holds none of the text
     */
    record Rejected(Reason reason, String message) implements Verdict {}

    /**
     * A restart differs from the delivered text: the new answer so far, to be shown whole and
     * apart.
     */
    record Apart(String release) implements Verdict {}

    /**
     * The model ended, and all that was left to say was nothing: the delivered text is the whole
     * answer.
     */
    record NothingLeft(SeamGrade grade) implements Verdict {}

    /** Why a candidate is out. */
    enum Reason {
        /** A prefill was answered as a fresh turn. */
        IGNORED_PREFILL,
        /**
         * It began the answer again and then differed from what was delivered, or cannot be told
         * from a continuation.
         */
        STARTED_ANEW,
        /** It refuses or talks about itself instead of going on. */
        REFUSED,
        /**
         * It opened with words of its own, and what follows does not take up the delivered text.
         */
        PREAMBLE_WITHOUT_OVERLAP,
        /** Nothing proves the join up to the configured grade. */
        UNPROVEN,
        /** What should have been repeated exactly was not. */
        DIVERGED,
        /** It ended without a word. */
        EMPTY
    }
}
