package dev.midstream.model;

/** What a content block holds. */
public enum BlockKind {
    TEXT,
    /** The model's declining words, where a protocol keeps them apart from text. */
    REFUSAL,
    /**
     * Thinking, readable or not: an encrypted (redacted) block is one with {@code raw} set and no
     * deltas.
     */
    REASONING,
    /** A call that the client is to run; its deltas are the JSON text of the arguments. */
    TOOL_CALL,
    /**
     * Something carried through but not understood: audio, images, tools run by the provider. An
     * answer that holds a released one cannot be continued elsewhere.
     */
    OPAQUE
}
