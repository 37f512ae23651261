package dev.midstream.admission;

import dev.midstream.model.Json;
import dev.midstream.routing.SettingsPatch;
import java.util.Map;
import java.util.Set;

/**
 * What is wished for a request beside what it says itself; goes before that. Immutable.
 *
 * @param members as in a request's body: {@code fallbacks} and its like
 */
public record Wishes(SettingsPatch settings, Set<String> tags, Map<String, Json> members) {

    /** Nothing is. */
    public static final Wishes NONE = new Wishes(SettingsPatch.EMPTY, Set.of(), Map.of());

    public Wishes {
        tags = Set.copyOf(tags);
        members = Map.copyOf(members);
    }
}
