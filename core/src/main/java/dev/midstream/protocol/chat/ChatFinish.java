package dev.midstream.protocol.chat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.ProviderError;
import org.jspecify.annotations.Nullable;

/** What providers write as {@code finish_reason}, and the five words that clients know. */
final class ChatFinish {

    private ChatFinish() {}

    /**
     * The canonical reason of a word that means a good end. A word that nobody knows is taken for
     * one.
     */
    static FinishReason reason(String word) {
        return switch (word) {
            case "length", "model_length", "max_tokens" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
            case "content_filter", "sensitive" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.STOP;
        };
    }

    /**
     * The failure that a word means (OpenRouter, Mistral, SGLang, DeepSeek, Zhipu); null for a good
     * end.
     */
    static @Nullable Failure failure(String word) {
        return switch (word) {
            case "error", "abort" ->
                    new Failure.BadEnd(
                            "The upstream ended its answer with finish_reason '" + word + "'");
            case "insufficient_system_resource" -> refused(503, ErrorClass.OVERLOADED, word);
            case "network_error" -> refused(502, ErrorClass.SERVER_ERROR, word);
            default -> null;
        };
    }

    private static Failure refused(int status, ErrorClass errorClass, String word) {
        String message = "The upstream ended its answer with finish_reason '" + word + "'";
        return new Failure.Refused(
                new ProviderError(
                        status, errorClass, word, null, null, message, null, null, null, false),
                true);
    }

    /** Whether clients know the word. */
    static boolean official(String word) {
        return switch (word) {
            case "stop", "length", "tool_calls", "function_call", "content_filter" -> true;
            default -> false;
        };
    }

    /** The word that clients are sent. */
    static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, PAUSE -> "stop";
            case LENGTH, CONTEXT_WINDOW -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
        };
    }
}
