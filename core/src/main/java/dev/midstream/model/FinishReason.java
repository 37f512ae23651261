package dev.midstream.model;

/**
 * Why a choice ended, where the provider calls the end a good one. Ends in error are {@link
 * Failure}s instead.
 */
public enum FinishReason {
    /** The model had said all. */
    STOP,
    /** One of the caller's stop strings came. */
    STOP_SEQUENCE,
    /** The token limit of the request was reached. */
    LENGTH,
    /**
     * The model's context window was full; shown as {@link #LENGTH} where a protocol has no word
     * for it.
     */
    CONTEXT_WINDOW,
    /** The model asks for tools. */
    TOOL_CALLS,
    /** The provider removed or stopped the output by policy. */
    CONTENT_FILTER,
    /** The model declined, as a policy's end. */
    REFUSAL,
    /** A server-side tool loop paused; the caller sends the turn again. */
    PAUSE;

    /** Whether a policy ended the answer: such an end is delivered as it is, never evaded. */
    public boolean policyEnd() {
        return this == CONTENT_FILTER || this == REFUSAL;
    }

    /**
     * Whether a limit or a policy ended the answer wherever it stood, so that a tool call in
     * progress was never made.
     */
    public boolean cutsShort() {
        return policyEnd() || this == LENGTH || this == CONTEXT_WINDOW;
    }
}
