package dev.midstream.model;

import java.util.Locale;

/** How an attempt takes up what an earlier one left. */
public enum Method {
    /** The original request: nothing that constrains it has been released. */
    ORIGINAL,
    /** Reconnect to the same generation. */
    RESUME,
    /** A trailing assistant message, plain. */
    PREFILL,
    /** The same, marked {@code prefix: true}. */
    PREFIX,
    /** The same, marked {@code partial: true}. */
    PARTIAL,
    /** The same, with {@code continue_final_message: true, add_generation_prompt: false}. */
    CONTINUE_FINAL_MESSAGE,
    /** A user turn that quotes the tail and asks to repeat it and go on. */
    USER_TURN,
    /** The original request; the identical beginning is swallowed. */
    REPLAY,
    /** The original request; from the first difference the new answer is shown whole and apart. */
    RESTART;

    /** Whether the partial answer goes as the beginning of the assistant's own turn. */
    public boolean prefill() {
        return this == PREFILL
                || this == PREFIX
                || this == PARTIAL
                || this == CONTINUE_FINAL_MESSAGE;
    }

    /** The word used in configuration, logs and headers: {@code user_turn}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
