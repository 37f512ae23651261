package dev.midstream.testkit;

/** A way in which servers of the Responses protocol differ from what OpenAI's own usually does. */
public enum ResponsesQuirk {
    /** An {@code error} event has its code, message and param beside its type, as specified. */
    ERROR_FLAT,
    /** Nothing follows an {@code error} event. */
    ERROR_ALONE,
    /** An error is told by {@code response.failed} alone. */
    FAILED_WITHOUT_ERROR,
    /** Each event about an item calls it by another id (GitHub Copilot). */
    ITEM_IDS_ROTATE,
    /** {@code data: [DONE]} follows the terminal event. */
    DONE_SENT,
    /** The stream ends without a terminal event. */
    NO_TERMINAL_EVENT,
    /** A {@code keepalive} event comes before the first item, asked for or not. */
    KEEPALIVE,
    /** {@code response.rate_limits.updated} follows the terminal event. */
    RATE_LIMITS_LAST,
    /** Reasoning is an item without a summary. */
    REASONING_SILENT,
    /** Reasoning is content of its item, not a summary (open models). */
    REASONING_TEXT,
    /** Each delta of reasoning is a summary part of its own. */
    SUMMARY_IN_PARTS,
    /** Delta events carry padding, unless {@code stream_options.include_obfuscation} is false. */
    OBFUSCATION
}
