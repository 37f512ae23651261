package dev.midstream.testkit;

import dev.midstream.testkit.Conversation.Turn;

/** How a request says that its last assistant message is a beginning to go on from. */
public enum PrefillForm {
    /** By being last; never in the Responses protocol. */
    PLAIN,
    /** By {@code "prefix": true} on the message: Mistral, DeepSeek. */
    PREFIX,
    /** By {@code "partial": true} on the message: Qwen, Kimi. */
    PARTIAL,
    /** By {@code continue_final_message} without {@code add_generation_prompt}: vLLM, SGLang. */
    CONTINUE_FINAL_MESSAGE;

    boolean isUsedBy(Conversation conversation) {
        Turn last = conversation.fromEnd(0);
        return switch (this) {
            case PLAIN -> !conversation.isResponses();
            case PREFIX -> last.message().path("prefix").asBoolean(false);
            case PARTIAL -> last.message().path("partial").asBoolean(false);
            case CONTINUE_FINAL_MESSAGE ->
                    conversation.asks("continue_final_message")
                            && conversation.body().has("add_generation_prompt")
                            && !conversation.asks("add_generation_prompt");
        };
    }
}
