package dev.midstream.protocol.responses;

import dev.midstream.model.Quirk;
import dev.midstream.model.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be told from a target's name of its model.
 *
 * <p><b>Source</b>: OpenAI's pages on its reasoning models (read 2026-11).
 */
final class OpenAiModel {

    private static final Pattern REASONING =
            Pattern.compile(
                    "(?:.*/)?(?:o[1-9](?:-.*)?|gpt-(?:[5-9]|\\d\\d)(?!-chat).*|gpt-oss.*|codex.*)");
    private static final Pattern CAN_STOP =
            Pattern.compile("(?:.*/)?gpt-(?:5\\.[1-9]|[6-9]|\\d\\d).*");
    private static final Pattern CANNOT_EASE = Pattern.compile(".*-pro(?:-.*)?");
    private static final Pattern MINIMAL = Pattern.compile("(?:.*/)?gpt-5(?!.*codex).*");

    private OpenAiModel() {}

    static boolean reasons(Target target) {
        return REASONING.matcher(target.model()).matches();
    }

    static boolean ofOpenAi(Target target) {
        return target.provider().equals("openai") || target.provider().equals("azure");
    }

    /** The least effort that the model takes, null where nobody knows or there is no other. */
    static @Nullable String leastEffort(Target target) {
        String model = target.model();
        if (target.has(Quirk.REASONING_EFFORT_NONE)) {
            return "none";
        }
        if (!reasons(target) || CANNOT_EASE.matcher(model).matches()) {
            return null;
        }
        boolean none = CAN_STOP.matcher(model).matches() && !model.contains("codex");
        return none ? "none" : MINIMAL.matcher(model).matches() ? "minimal" : "low";
    }
}
