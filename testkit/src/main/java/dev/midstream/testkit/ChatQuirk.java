package dev.midstream.testkit;

import java.util.Set;

/**
 * A way in which servers of the Chat Completions protocol differ from OpenAI's own.
 *
 * <p>The sets name what was seen of a provider in recorded streams or read in its source in 2026.
 */
public enum ChatQuirk {
    /** Usage comes in the event of the finish reason, asked for or not. */
    USAGE_WITH_FINISH,
    /** The usage event comes even if the request did not ask for it. */
    USAGE_UNASKED,
    /** Each event carries {@code "usage": null} even if the request did not ask for usage. */
    USAGE_NULL,
    /** Each event carries the usage so far ({@code stream_options.continuous_usage_stats}). */
    USAGE_RUNNING,
    /** The stream opens with an event without choices, id and model (prompt filter results). */
    EMPTY_OPENING,
    /** Each event carries {@code "error": null}. */
    ERROR_NULL,
    /** Errors have an integer {@code code}. */
    ERROR_CODE_INTEGER,
    /** An error is part of a normal event with finish reason {@code error}. */
    ERROR_IN_CHOICE,
    /** An error is a string in {@code x_groq}; usage is repeated there. */
    ERROR_IN_X_GROQ,
    /** An error is an {@code event: error} with flat data. */
    ERROR_NAMED,
    /** An error is an SSE field called {@code error} (older builds of llama.cpp's server). */
    ERROR_FIELD,
    /** {@code [DONE]} follows an error. */
    DONE_AFTER_ERROR,
    /** {@code [DONE]} is never sent. */
    NO_DONE,
    /** Reasoning is called {@code reasoning}, not {@code reasoning_content}. */
    REASONING,
    /** The role is repeated in each delta. */
    ROLE_REPEATED,
    /** A tool call comes whole, in one event. */
    TOOL_CALL_WHOLE,
    /** Each event carries padding. */
    OBFUSCATION;

    /** Azure OpenAI. */
    public static final Set<ChatQuirk> AZURE = Set.of(EMPTY_OPENING);

    /** DeepSeek. */
    public static final Set<ChatQuirk> DEEPSEEK = Set.of(USAGE_WITH_FINISH);

    /** Groq. */
    public static final Set<ChatQuirk> GROQ =
            Set.of(USAGE_WITH_FINISH, ERROR_IN_X_GROQ, REASONING, TOOL_CALL_WHOLE);

    /** OpenRouter. */
    public static final Set<ChatQuirk> OPENROUTER =
            Set.of(ERROR_IN_CHOICE, REASONING, ROLE_REPEATED);

    /** vLLM. */
    public static final Set<ChatQuirk> VLLM = Set.of(ERROR_CODE_INTEGER, DONE_AFTER_ERROR);
}
