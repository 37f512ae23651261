package dev.midstream.protocol.chat;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.Quirk;
import dev.midstream.model.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a target's configuration and its kind ask of every chat request that it is sent. */
final class ChatDefaults {

    /** OpenAI's reasoning models, which know {@code max_completion_tokens} only. */
    private static final Pattern REASONING_MODEL =
            Pattern.compile("(?:.*/)?(?:o[134](?:-.*)?|gpt-5.*)");

    private ChatDefaults() {}

    /** Adds what the client did not give and removes what this target never gets. */
    static void apply(JsonSplice splice, Target target) {
        for (Map.Entry<String, Json> member : new TreeMap<>(target.defaults()).entrySet()) {
            if (!splice.has(member.getKey())) {
                splice.set(member.getKey(), member.getValue().text());
            }
        }
        target.dropAlways().forEach(splice::remove);
    }

    static boolean openAi(Target target) {
        return target.provider().equals("openai") || target.provider().equals("azure");
    }

    static boolean reasoningModel(Target target) {
        return openAi(target) && REASONING_MODEL.matcher(target.model()).matches();
    }

    static boolean newTokenName(Target target) {
        return reasoningModel(target);
    }

    static String tokenName(Target target) {
        return newTokenName(target) ? "max_completion_tokens" : "max_tokens";
    }

    /** Switches reasoning off in the target's own way; nothing happens where no way is known. */
    static void withoutReasoning(JsonSplice splice, Target target) {
        List<String> asked = List.of("reasoning_effort", "reasoning", "thinking");
        if (target.has(Quirk.ENABLE_THINKING)) {
            asked.forEach(splice::remove);
            splice.set("enable_thinking", "false");
        }
        if (target.has(Quirk.THINKING_TYPE)) {
            asked.forEach(splice::remove);
            splice.set("thinking", "{\"type\":\"disabled\"}");
        }
        if (target.has(Quirk.TEMPLATE_THINKING)) {
            asked.forEach(splice::remove);
            splice.setWithin("chat_template_kwargs", "enable_thinking", "false");
        }
        if (target.has(Quirk.REASONING_ENABLED)) {
            asked.forEach(splice::remove);
            splice.set("reasoning", "{\"enabled\":false}");
        }
        if (target.has(Quirk.REASONING_EFFORT_NONE)) {
            asked.forEach(splice::remove);
            splice.set("reasoning_effort", "\"none\"");
        }
    }
}
