package dev.midstream.routing;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The groups on one request's way, in the order in which they are asked; opened as far as somebody
 * looks. Event-loop confined.
 *
 * <p>A failure that has fallbacks of its own turns the route: the groups that are named for it come
 * next. What stood there and was not asked yet comes behind them, or, after a content policy's
 * refusal, not at all.
 */
final class Route implements Iterable<Stage> {

    /** A deployment as one fallback alters the request for it. */
    private record Known(String deployment, Variant own) {}

    private final Fleet fleet;
    private final Successors successors;
    private final Preferences preferences;
    private final boolean alone;
    private final List<Stage> stages = new ArrayList<>();
    private final Deque<Trail> trails = new ArrayDeque<>();
    private final Set<Known> known = new HashSet<>();
    private boolean policyOnly;
    private @Nullable Failure obstacle;

    /**
     * @param preferences whose windows the request fits into as it came, and what it asks for
     * @param alone whether no group but the first one may be asked
     */
    Route(
            Fleet fleet,
            Successors successors,
            ModelGroup group,
            Preferences preferences,
            boolean alone) {
        this.fleet = fleet;
        this.successors = successors;
        this.preferences = preferences;
        this.alone = alone;
        Destination first = Destination.first(group);
        if (!alone) {
            trails.push(Chain.general(successors, first));
        }
        stages.add(stage(first, false));
    }

    /** The stages that are open. */
    List<Stage> open() {
        return stages;
    }

    /** All stages, each opened when it is come to. */
    @Override
    public Iterator<Stage> iterator() {
        return new Iterator<>() {
            private int index;

            @Override
            public boolean hasNext() {
                return reaches(index);
            }

            @Override
            public Stage next() {
                if (!reaches(index)) {
                    throw new NoSuchElementException();
                }
                return stages.get(index++);
            }
        };
    }

    /** Whether there are more stages than this, whether open or not. */
    boolean reaches(int index) {
        while (stages.size() <= index) {
            Destination next = next();
            if (next == null) {
                return false;
            }
            Stage stage = stage(next, true);
            if (!stage.candidates().isEmpty()) {
                stages.add(stage);
            }
        }
        return true;
    }

    /** Whether there was nobody at all who could be asked. */
    boolean empty() {
        return known.isEmpty();
    }

    /** Why the first one that was passed over cannot be asked, null if nobody was. */
    @Nullable Failure obstacle() {
        return obstacle;
    }

    /**
     * Turns to the groups that are named for this failure of a stage. True if there are any, or the
     * stage is one of them.
     */
    boolean turn(Stage from, Failure failure) {
        if (alone || !(failure instanceof Failure.Refused refused)) {
            return false;
        }
        ErrorClass refusal = refused.error().errorClass();
        return switch (refusal) {
            case CONTEXT_LENGTH -> from.at().namedFor() == refusal || toLargerWindows(from);
            case CONTENT_POLICY -> toOtherPolicies(from) || from.at().namedFor() == refusal;
            default -> false;
        };
    }

    private boolean toLargerWindows(Stage from) {
        boolean named = !policyOnly && !successors.contextWindow(from.at().group()).isEmpty();
        if (named) {
            putBack(from);
            trails.push(Chain.contextWindow(successors, from.at()));
        }
        return named;
    }

    private boolean toOtherPolicies(Stage from) {
        boolean named = !successors.contentPolicy(from.at().group()).isEmpty();
        if (named) {
            putBack(from);
            if (!policyOnly) {
                policyOnly = true;
                trails.clear();
                stages.forEach(Stage::close);
            }
            trails.push(Chain.contentPolicy(successors, from.at()));
        }
        return named;
    }

    /** What was not asked yet, of this stage and behind it, is not on the route any more. */
    private void putBack(Stage from) {
        List<Stage> behind = stages.subList(stages.indexOf(from) + 1, stages.size());
        List<Destination> later = new ArrayList<>();
        for (Stage stage : behind) {
            if (!stage.asked()) {
                later.add(stage.at());
                forget(stage);
            }
        }
        forget(from);
        behind.removeIf(stage -> !stage.asked());
        Iterator<Destination> again = later.iterator();
        trails.push(() -> again.hasNext() ? again.next() : null);
    }

    private void forget(Stage stage) {
        stage.withdraw().forEach(id -> known.remove(new Known(id, stage.at().own())));
    }

    private @Nullable Destination next() {
        for (Trail trail = trails.peek(); trail != null; trail = trails.peek()) {
            Destination next = trail.next();
            if (next != null) {
                return next;
            }
            trails.pop();
        }
        return null;
    }

    private Stage stage(Destination at, boolean fallback) {
        Stage stage = new Stage(at, fallback);
        boolean tooLong = false;
        List<Deployment> served =
                fleet.tagging().served(at.group().deployments(), preferences.tags());
        if (served.isEmpty() && obstacle == null) {
            obstacle = untagged(at.group());
        }
        for (Deployment deployment : served) {
            Failure reason = unusable(deployment);
            if (reason == null && at.variant().none() && !preferences.fits().test(deployment)) {
                reason = tooLong(at.group());
                tooLong = true;
            }
            if (reason == null && known.add(new Known(deployment.id(), at.own()))) {
                stage.add(
                        deployment,
                        fleet.health(deployment),
                        fleet.limits(deployment),
                        preferences.demand().tokens());
            } else if (obstacle == null) {
                obstacle = reason;
            }
        }
        if (tooLong && stage.candidates().isEmpty() && !alone && !policyOnly) {
            trails.push(Chain.contextWindow(successors, at));
        }
        return stage;
    }

    private static @Nullable Failure unusable(Deployment deployment) {
        if (deployment.unusable() != null) {
            return new Failure.Unusable(501, deployment.unusable());
        }
        return deployment.endpoint().credential() instanceof Credential.Missing missing
                ? new Failure.Unusable(401, missing.message())
                : null;
    }

    private Failure untagged(ModelGroup group) {
        String tags = String.join("`, `", new TreeSet<>(preferences.tags()));
        return new Failure.Unusable(
                400,
                "No deployment of `%s` serves requests with the tags `%s`"
                        .formatted(group.name(), tags));
    }

    private Failure tooLong(ModelGroup group) {
        long widest =
                group.deployments().stream()
                        .map(deployment -> deployment.facts().maxInputTokens())
                        .filter(Objects::nonNull)
                        .mapToLong(window -> window)
                        .max()
                        .orElse(0);
        ProviderError error =
                new ProviderError(
                        400,
                        ErrorClass.CONTEXT_LENGTH,
                        "invalid_request_error",
                        "context_length_exceeded",
                        null,
                        "The request has at least %d tokens; the context window of the model group `%s` holds %d"
                                .formatted(
                                        preferences.demand().tokensAtLeast(), group.name(), widest),
                        null,
                        null,
                        null,
                        false);
        return new Failure.Refused(error, false);
    }
}
