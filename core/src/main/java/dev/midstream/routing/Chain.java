package dev.midstream.routing;

import dev.midstream.model.ErrorClass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The groups that a request may fall back to, one after the other: those that follow upon a group
 * come right after it, before its next sibling. No group comes twice, unless a fallback alters the
 * request for it, and the walk ends after a bounded number of steps whatever the configuration. Not
 * thread-safe.
 */
final class Chain implements Trail {

    private static final int LONGEST = 1000;

    private record Leg(Iterator<Fallback> rest, Destination from) {}

    private final Successors successors;
    private final Function<ModelGroup, List<Fallback>> followers;
    private final Destination first;
    private final @Nullable ErrorClass cause;
    private final Deque<Leg> path = new ArrayDeque<>();
    private final IdentityHashMap<ModelGroup, Set<Variant>> visited = new IdentityHashMap<>();
    private boolean defaultsWanted;
    private boolean defaultsTaken;
    private int steps;

    private Chain(
            Successors successors,
            Destination first,
            @Nullable ErrorClass cause,
            Function<ModelGroup, List<Fallback>> start,
            Function<ModelGroup, List<Fallback>> followers) {
        this.successors = successors;
        this.followers = followers;
        this.first = first;
        this.cause = cause;
        this.defaultsTaken = cause != null;
        arrive(first, start.apply(first.group()));
    }

    /**
     * After whatever failure; the default fallbacks come last, if any group on the way has none of
     * its own.
     */
    static Chain general(Successors successors, Destination first) {
        return new Chain(successors, first, null, successors::general, successors::general);
    }

    /** After a conversation that was too long: what may take it, and what stands in for that. */
    static Chain contextWindow(Successors successors, Destination from) {
        return new Chain(
                successors,
                from,
                ErrorClass.CONTEXT_LENGTH,
                successors::contextWindow,
                successors::contextWindowThenGeneral);
    }

    /** After a refusal by a content policy: the groups named for that, and no others. */
    static Chain contentPolicy(Successors successors, Destination from) {
        return new Chain(
                successors,
                from,
                ErrorClass.CONTENT_POLICY,
                successors::contentPolicy,
                group -> List.of());
    }

    @Override
    public @Nullable Destination next() {
        while (steps < LONGEST) {
            Leg leg = path.peek();
            if (leg == null) {
                if (!takeDefaults()) {
                    return null;
                }
            } else if (!leg.rest().hasNext()) {
                path.pop();
            } else {
                steps++;
                Destination next = follow(leg);
                if (next != null) {
                    return next;
                }
            }
        }
        return null;
    }

    private @Nullable Destination follow(Leg leg) {
        Fallback named = leg.rest().next();
        Optional<ModelGroup> group = successors.group(named.model());
        if (group.isEmpty()) {
            return null;
        }
        Destination next = leg.from().next(group.get(), named.variant(), cause);
        return arrive(next, followers.apply(group.get())) ? next : null;
    }

    private boolean arrive(Destination at, List<Fallback> next) {
        if (!visited.computeIfAbsent(at.group(), g -> new HashSet<>()).add(at.own())) {
            return false;
        }
        defaultsWanted |= next.isEmpty();
        path.push(new Leg(next.iterator(), at));
        return true;
    }

    private boolean takeDefaults() {
        boolean take = defaultsWanted && !defaultsTaken;
        if (take) {
            defaultsTaken = true;
            path.push(new Leg(successors.generalByDefault().iterator(), first));
        }
        return take;
    }
}
