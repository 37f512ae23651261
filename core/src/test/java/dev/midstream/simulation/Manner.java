package dev.midstream.simulation;

/** How a model behaves when it is asked to go on with a broken answer. */
enum Manner {
    /** It does what it is asked to. */
    OBEYS,
    /** It repeats more of the text than it was asked to, then goes on. */
    REPEATS_MORE,
    /** It opens with words of its own, then does what it was asked to. */
    PREFIXES,
    /** It repeats the anchor with its line breaks and blanks changed. */
    REWRAPS,
    /** Inside a code block it opens the block again first. */
    REOPENS_FENCE,
    /** It gives the same answer from its beginning. */
    STARTS_ANEW,
    /** It gives another answer, which begins like the first one at most. */
    ANSWERS_OTHERWISE,
    /** It talks about something else. */
    DIGRESSES,
    /** It declines to do so. */
    REFUSES,
    /** It ends well without a word. */
    FALLS_SILENT,
    /** It answers a prefill with 400; else it obeys. */
    REFUSES_PREFILL,
    /** It takes a prefill for a finished turn and talks on; else it obeys. */
    IGNORES_PREFILL,
    /** It repeats a prefill before it goes on; else it obeys. */
    ECHOES_PREFILL,
    /** The same, and this is known of it. */
    ECHOES_AS_KNOWN,
    /** It loses blank space at the beginning of what it says, which is known of it. */
    TRIMS
}
