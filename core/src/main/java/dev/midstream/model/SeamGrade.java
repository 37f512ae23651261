package dev.midstream.model;

/** How sure it is that a continuation joins what the client has, weakest first. */
public enum SeamGrade {
    /** Nothing proves the join. */
    UNPROVEN,
    /** At least 12 characters, 3 words, or all that was delivered came back. */
    OVERLAPPING,
    /** The whole demanded anchor came back. */
    ANCHORED,
    /**
     * A resumed stream, a verified echo or replay, a prefill on a deployment that is known to
     * continue.
     */
    EXACT
}
