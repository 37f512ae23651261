package dev.midstream.gateway.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of names.
 *
 * @param more whether there is more on the side that was asked for
 */
record Page(List<String> names, boolean more) {

    Page {
        names = List.copyOf(names);
    }

    /**
     * @param after the name before the first one, null to begin at the beginning; a name that is
     *     not in the list counts as none
     * @param before the name after the last one, null for none; {@code after} counts before it
     */
    static Page of(List<String> all, @Nullable String after, @Nullable String before, int limit) {
        int end = before == null || after != null ? -1 : all.indexOf(before);
        if (end >= 0) {
            int from = Math.max(0, end - limit);
            return new Page(all.subList(from, end), from > 0);
        }
        int from = after == null ? 0 : all.indexOf(after) + 1;
        int to = Math.min(all.size(), from + limit);
        return new Page(all.subList(from, to), to < all.size());
    }
}
