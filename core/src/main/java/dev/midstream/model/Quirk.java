package dev.midstream.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is special about a target, where its protocol alone does not tell. The words of the
 * capability table are these names in lower case.
 *
 * <p><b>Source</b>: the rows of {@code capabilities.yaml}, each with its evidence.
 */
public enum Quirk {
    /** A trailing assistant turn must not end in whitespace (Anthropic). */
    STRIP_TRAILING_WHITESPACE,
    /** Whitespace at the beginning of the answer is lost (Amazon Nova). */
    TRIMS_LEADING_WHITESPACE,
    /** The answer repeats the prefill before it goes on (Mistral). */
    ECHO,
    /** A prefill together with tools is answered by an error (Mistral). */
    NO_TOOLS_WITH_PREFIX,
    /** Reasoning is switched off by {@code enable_thinking: false} (DashScope). */
    ENABLE_THINKING,
    /** Reasoning is switched off by {@code thinking: {"type": "disabled"}} (Moonshot, Z.ai). */
    THINKING_TYPE,
    /**
     * Reasoning is switched off by {@code chat_template_kwargs: {"enable_thinking": false}} (vLLM,
     * llama.cpp).
     */
    TEMPLATE_THINKING,
    /** Reasoning is switched off by {@code reasoning: {"enabled": false}} (OpenRouter). */
    REASONING_ENABLED,
    /** Reasoning is switched off by {@code reasoning_effort: "none"}. */
    REASONING_EFFORT_NONE,
    /** Earlier reasoning is taken as {@code reasoning_content} of assistant turns (DeepSeek). */
    REASONING_CONTENT,
    /** {@code stream_options} is answered by an error (Mistral). */
    NO_STREAM_OPTIONS;

    /** The word used in the capability table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is no such quirk; the message lists those there are
     */
    public static Quirk of(String word) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no quirk `" + word + "`; there are " + List.of(values())));
    }
}
