package dev.midstream.protocol.messages;

import dev.midstream.model.FinishReason;

/** The words of {@code stop_reason}. Stateless. */
final class StopReasons {

    private StopReasons() {}

    /**
     * @param called whether the answer holds a call that the client is to run: whatever an upstream
     *     calls its end, clients run calls on this word only
     */
    static String word(FinishReason reason, boolean called) {
        return switch (reason) {
            case STOP -> called ? "tool_use" : "end_turn";
            case TOOL_CALLS -> called ? "tool_use" : "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case CONTEXT_WINDOW -> "model_context_window_exceeded";
            case CONTENT_FILTER, REFUSAL -> "refusal";
            case PAUSE -> "pause_turn";
        };
    }
}
