package dev.midstream.routing;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The groups that a request may fall back to, one after the other: each group's own fallbacks come
 * right after it, before its next sibling; the default fallbacks come last, if any group on the way
 * has none of its own. No group comes twice, and the walk ends after a bounded number of steps
 * whatever the configuration. Not thread-safe.
 */
final class Chain {

    private static final int LONGEST = 1000;

    private final Fleet fleet;
    private final Deque<Iterator<String>> path = new ArrayDeque<>();
    private final Set<ModelGroup> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean defaultsWanted;
    private boolean defaultsTaken;
    private int steps;

    Chain(Fleet fleet, ModelGroup first) {
        this.fleet = fleet;
        visit(first);
    }

    /** The next group, null at the end. */
    @Nullable ModelGroup next() {
        while (steps < LONGEST) {
            Iterator<String> names = path.peek();
            if (names == null) {
                if (!takeDefaults()) {
                    return null;
                }
            } else if (!names.hasNext()) {
                path.pop();
            } else {
                steps++;
                Optional<ModelGroup> group = fleet.group(names.next());
                if (group.isPresent() && visit(group.get())) {
                    return group.get();
                }
            }
        }
        return null;
    }

    private boolean visit(ModelGroup group) {
        if (!visited.add(group)) {
            return false;
        }
        defaultsWanted |= group.fallbacks().general().isEmpty();
        path.push(group.fallbacks().general().iterator());
        return true;
    }

    private boolean takeDefaults() {
        boolean take = defaultsWanted && !defaultsTaken;
        if (take) {
            defaultsTaken = true;
            path.push(fleet.defaultFallbacks().general().iterator());
        }
        return take;
    }
}
