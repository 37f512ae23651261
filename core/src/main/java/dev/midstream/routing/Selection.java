package dev.midstream.routing;

import org.jspecify.annotations.Nullable;

/**
 * How one deployment is chosen among those that could be asked.
 *
 * @param minuteLimits whether {@code rpm} and {@code tpm} are limits, or weights only
 * @param parallel how many requests a deployment may carry that has no such limit of its own, null
 *     for as many as come
 * @param windowsChecked whether deployments are passed over whose context window a request is
 *     surely too long for
 */
public record Selection(
        Strategy strategy,
        boolean minuteLimits,
        @Nullable Integer parallel,
        boolean windowsChecked) {

    public static final Selection DEFAULT = new Selection(Strategy.SHUFFLE, true, null, false);

    /** The limits within which this deployment is asked. */
    Limits limits(Deployment deployment) {
        Limits own = deployment.limits();
        return new Limits(
                minuteLimits ? own.requestsPerMinute() : null,
                minuteLimits ? own.tokensPerMinute() : null,
                own.parallel() != null ? own.parallel() : parallel);
    }
}
