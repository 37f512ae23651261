package dev.midstream.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the group of one name that a pattern matches. Implementations are thread-safe. */
@FunctionalInterface
public interface Concretion {

    /**
     * @param name as the client asked for it
     * @param matched what the pattern's stars stand for
     * @return a group of that name, whose deployments have ids of their own: {@code
     *     <template>/<name>}; null if nothing says which provider is meant
     */
    @Nullable ModelGroup of(String name, List<String> matched);
}
