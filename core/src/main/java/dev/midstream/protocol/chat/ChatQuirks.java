package dev.midstream.protocol.chat;

/**
 * What may be special about a target that speaks chat, by the names that the capability table uses
 * ({@link dev.midstream.model.Target#quirks()}).
 */
public final class ChatQuirks {

    /** Reasoning is switched off by {@code enable_thinking: false} (DashScope, Qwen). */
    public static final String ENABLE_THINKING = "enable_thinking_false";

    /**
     * Reasoning is switched off by {@code thinking: {"type": "disabled"}} (Moonshot, Z.ai,
     * DeepSeek).
     */
    public static final String THINKING_TYPE = "thinking_disabled";

    /**
     * Reasoning is switched off by {@code chat_template_kwargs: {"enable_thinking": false}} (vLLM,
     * SGLang, llama.cpp).
     */
    public static final String TEMPLATE_THINKING = "template_thinking_false";

    /** Reasoning is switched off by {@code reasoning: {"enabled": false}} (OpenRouter). */
    public static final String REASONING_ENABLED = "reasoning_enabled";

    /**
     * Reasoning is switched off by {@code reasoning_effort: "none"} (Groq, newer OpenAI and Gemini
     * models).
     */
    public static final String EFFORT_NONE = "reasoning_effort_none";

    /** Earlier reasoning is taken as {@code reasoning_content} of assistant turns (DeepSeek). */
    public static final String REASONING_CONTENT = "reasoning_content";

    /** Answers {@code stream_options} with an error. */
    public static final String NO_STREAM_OPTIONS = "no_stream_options";

    /** Answers {@code prefix: true} together with tools with an error (Mistral). */
    public static final String PREFIX_WITHOUT_TOOLS = "no_tools_with_prefill";

    private ChatQuirks() {}
}
