package dev.midstream.routing;

import dev.midstream.model.Failure;
import java.util.function.Predicate;

/** Being written: one request's walk through the fleet. */
public final class Plan {

    Plan() {}

    /** Whom to ask next among those that {@code able} accepts. An {@link Choice.Ask} counts as an attempt at once. */
    public Choice next(long now, Predicate<Deployment> able) {
        throw new UnsupportedOperationException();
    }

    /** Whether there would be somebody to ask if the attempt that runs now failed. */
    public boolean another(long now, Predicate<Deployment> able) {
        throw new UnsupportedOperationException();
    }

    /** The attempt at this deployment ended in a failure: this request and the fleet remember it. */
    public void failed(Deployment deployment, Failure failure, long now) {}

    public void succeeded(Deployment deployment, long now) {}

    /** The attempt was given up for reasons that say nothing about the deployment. */
    public void released(Deployment deployment, long now) {}
}
