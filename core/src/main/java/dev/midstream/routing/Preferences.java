package dev.midstream.routing;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What one request brings along for its walk, beside its settings. Immutable.
 *
 * @param retriesGiven whether it named its number of retries itself, so that a deployment's own
 *     number does not count
 * @param preferred who is asked before the others of its group, as long as it is well: it keeps
 *     what the request goes on from
 * @param fits whose window the request fits into, as far as that is known; a group of which it fits
 *     into none counts as one that has refused it for its length
 * @param demand what it asks for
 * @param tags which deployments it asks for by tags
 * @param fallbacks what it says itself about whom to ask next
 * @param formable which alterations of it make sense in the client's protocol; groups for which it
 *     would have to be altered otherwise are passed over
 */
public record Preferences(
        boolean retriesGiven,
        Predicate<Deployment> preferred,
        Predicate<Deployment> fits,
        Demand demand,
        Set<String> tags,
        OwnFallbacks fallbacks,
        Predicate<Variant> formable) {

    public static final Preferences NONE =
            new Preferences(
                    false,
                    deployment -> false,
                    deployment -> true,
                    Demand.NONE,
                    Set.of(),
                    OwnFallbacks.NONE,
                    Variant::none);

    public Preferences {
        tags = Set.copyOf(tags);
    }

    /** The same for a client to whom these alterations make sense. */
    public Preferences forming(Predicate<Variant> alterations) {
        return new Preferences(retriesGiven, preferred, fits, demand, tags, fallbacks, alterations);
    }
}
