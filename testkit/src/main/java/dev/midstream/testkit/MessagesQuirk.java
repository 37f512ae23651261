package dev.midstream.testkit;

/** A way in which streams of the Messages protocol differ from each other. */
public enum MessagesQuirk {
    /** Data are padded with spaces at their end, as Anthropic's sometimes are. */
    PADDED,
    /** No ping is sent unless the script says so. */
    NO_PING,
    /** The stream ends after {@code message_delta}. */
    NO_MESSAGE_STOP,
    /** Thinking has a signature and no text ({@code display} omitted). */
    THINKING_OMITTED,
    /** {@code message_delta} comes twice: once without, once with the stop reason. */
    MESSAGE_DELTA_TWICE,
    /** A tool call whose arguments are empty has no {@code input_json_delta}. */
    TOOL_INPUT_UNSAID,
    /** Errors before the stream come in Google's envelope, as from Vertex AI. */
    GOOGLE_ERRORS,
    /** As {@link #GOOGLE_ERRORS}, inside an array. */
    GOOGLE_ERRORS_IN_ARRAY
}
