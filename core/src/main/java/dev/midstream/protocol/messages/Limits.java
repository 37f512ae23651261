package dev.midstream.protocol.messages;

import dev.midstream.model.Target;
import dev.midstream.protocol.Untranslatable;

/**
 * What becomes of a wish that the target cannot fulfil: dropped where the configuration says so,
 * else an error.
 */
record Limits(Target target) {

    /**
     * Drops a parameter that the target cannot take.
     *
     * @throws Untranslatable if the configuration does not allow that
     */
    void drop(String param, String why) throws Untranslatable {
        if (!target.dropUnsupported()) {
            throw refusal(param, why + "; set drop_params to leave it out");
        }
    }

    /** The error for what cannot be left out without changing what was asked. */
    Untranslatable refusal(String param, String why) {
        return new Untranslatable(
                param,
                "`%s` cannot be sent to %s (%s/%s): %s"
                        .formatted(param, target.group(), target.provider(), target.model(), why));
    }
}
