package dev.midstream.config;

import dev.midstream.provider.ModelName;
import dev.midstream.provider.Provider.Kind;
import dev.midstream.routing.NamePattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why deployments of some models cannot be asked. */
final class Unusable {

    private static final Set<String> MODES = Set.of("chat", "completion", "responses", "embedding");

    private Unusable() {}

    /**
     * @param mode {@code model_info.mode}
     * @return null if the model can be asked
     */
    static @Nullable String why(ModelName model, @Nullable String mode) {
        String provider = model.provider().name();
        String name = model.model();
        boolean claude = name.startsWith("claude") || NamePattern.isPattern(name);
        if (model.provider().kind() == Kind.NOT_YET) {
            return "the provider `" + provider + "` is not there yet";
        } else if (model.provider().kind() == Kind.VERTEX && !claude) {
            return "of the provider `vertex_ai` only Claude is there yet, not `" + name + "`";
        } else if (mode != null && !MODES.contains(mode)) {
            return "the mode `"
                    + IllegalSetting.shown(mode)
                    + "` is not there yet, only `chat`, `responses` and `embedding`";
        }
        return null;
    }
}
