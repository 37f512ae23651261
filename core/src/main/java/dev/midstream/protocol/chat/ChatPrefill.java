package dev.midstream.protocol.chat;

import dev.midstream.model.Draft;
import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.model.Target;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How a chat target is told that the last assistant turn is to be continued. */
final class ChatPrefill {

    private ChatPrefill() {}

    /** The member that marks the continued turn itself; null where the method has none. */
    static @Nullable String mark(Method method) {
        return switch (method) {
            case PREFIX -> "prefix";
            case PARTIAL -> "partial";
            case ORIGINAL, RESUME, PREFILL, CONTINUE_FINAL_MESSAGE, USER_TURN, REPLAY, RESTART ->
                    null;
        };
    }

    /** Members of the request. Both true is a 400, and the second is true unless said otherwise. */
    static void flags(Draft draft, BiConsumer<String, String> set) {
        if (draft.method() == Method.CONTINUE_FINAL_MESSAGE) {
            set.accept("continue_final_message", "true");
            set.accept("add_generation_prompt", "false");
        }
    }

    static boolean withoutTools(Draft draft, Target target) {
        return draft.method() == Method.PREFIX && target.has(Quirk.NO_TOOLS_WITH_PREFIX);
    }
}
