package dev.midstream.routing;

import java.util.List;

/** Fewest requests in flight first. */
public record LeastBusy() implements Strategy {

    @Override
    public double[] ranks(List<View> deployments, boolean stream) {
        return deployments.stream().mapToDouble(View::inFlight).toArray();
    }
}
