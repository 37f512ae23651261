package dev.midstream.routing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which groups follow upon which for one request: as configured, but for what the request says
 * itself. Immutable.
 */
final class Successors {

    private final Fleet fleet;
    private final OwnFallbacks own;
    private final Fallbacks byDefault;

    /**
     * @param own the request's
     * @param byDefault the configured ones for groups that have none
     */
    Successors(Fleet fleet, OwnFallbacks own, Fallbacks byDefault) {
        this.fleet = fleet;
        this.own = own;
        this.byDefault = own.byDefault().over(byDefault);
    }

    private Fallbacks of(ModelGroup group) {
        return own.of(group.name()).over(group.fallbacks());
    }

    Optional<ModelGroup> group(String name) {
        return fleet.group(name);
    }

    List<Fallback> general(ModelGroup group) {
        return of(group).general();
    }

    /** For groups that have no general fallbacks of their own. */
    List<Fallback> generalByDefault() {
        return byDefault.general();
    }

    /** After a conversation that is too long for the group. */
    List<Fallback> contextWindow(ModelGroup group) {
        List<Fallback> given = of(group).contextWindow();
        return given.isEmpty() ? byDefault.contextWindow() : given;
    }

    /** After a refusal by a content policy in the group. */
    List<Fallback> contentPolicy(ModelGroup group) {
        List<Fallback> given = of(group).contentPolicy();
        return given.isEmpty() ? byDefault.contentPolicy() : given;
    }

    /** What may take long conversations, and what may stand in for it. */
    List<Fallback> contextWindowThenGeneral(ModelGroup group) {
        return Stream.concat(contextWindow(group).stream(), general(group).stream()).toList();
    }
}
