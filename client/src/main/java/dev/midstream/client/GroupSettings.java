package dev.midstream.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a model group: what a configuration file has in {@code model_info} of any of its
 * deployments.
 *
 * <pre>{@code
 * Router.builder()
 *     .model("chat", deployment("openai/gpt-4o"))
 *     .group("chat", group().midStream(MidStream.RESTART).maxContinuations(2))
 * }</pre>
 *
 * <p>Immutable: every method returns settings with one more said.
 */
public final class GroupSettings extends RecoverySettings<GroupSettings> {

    private static final GroupSettings NONE = new GroupSettings(Map.of());

    private final Map<String, @Nullable Object> said;

    private GroupSettings(Map<String, @Nullable Object> said) {
        this.said = said;
    }

    /** Settings that say nothing yet. */
    public static GroupSettings group() {
        return NONE;
    }

    @Override
    GroupSettings with(String key, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(said);
        more.put(key, value);
        return new GroupSettings(Collections.unmodifiableMap(more));
    }

    Map<String, @Nullable Object> said() {
        return said;
    }

    @Override
    public String toString() {
        return "group settings " + said.keySet();
    }
}
