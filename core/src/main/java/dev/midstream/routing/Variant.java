package dev.midstream.routing;

import dev.midstream.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The client's request with some members replaced: what a fallback may ask for instead. Immutable.
 *
 * @param members by name, in the words of the client's protocol
 */
public record Variant(Map<String, Json> members) {

    /** The request as it came. */
    public static final Variant NONE = new Variant(Map.of());

    public Variant {
        members = Map.copyOf(members);
    }

    /** Whether nothing is replaced. */
    public boolean none() {
        return members.isEmpty();
    }

    /** What comes of {@code earlier} where this is replaced in it. */
    Variant over(Variant earlier) {
        if (earlier.none() || none()) {
            return none() ? earlier : this;
        }
        Map<String, Json> joined = new LinkedHashMap<>(earlier.members);
        joined.putAll(members);
        return new Variant(joined);
    }
}
