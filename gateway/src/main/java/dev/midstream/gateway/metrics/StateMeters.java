package dev.midstream.gateway.metrics;

import dev.midstream.routing.DeploymentState;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is the case when somebody scrapes. Thread-safe. */
final class StateMeters {

    private final Supplier<List<DeploymentState>> deployments;

    /**
     * @param calls how many are being carried out
     * @param deployments what is known of each now
     */
    StateMeters(Meters meters, IntSupplier calls, Supplier<List<DeploymentState>> deployments) {
        this.deployments = deployments;
        meters.gauge(
                "midstream_in_flight",
                "Requests to models that are being carried out.",
                gauge -> gauge.call(calls.getAsInt()));
        meters.gauge(
                "midstream_deployment_in_flight",
                "Attempts that run at a deployment.",
                gauge -> each(gauge, DeploymentState::inFlight),
                "group",
                "deployment");
        meters.gauge(
                "midstream_deployment_cooled_down",
                "1 while a deployment is left alone after failures.",
                gauge -> each(gauge, state -> state.cooledFor() == null ? 0 : 1),
                "group",
                "deployment");
        meters.sum(
                "midstream_deployment_cooldowns_total",
                "How often a deployment was left alone after failures.",
                sum ->
                        deployments
                                .get()
                                .forEach(
                                        state ->
                                                sum.call(
                                                        (double) state.cooldowns(),
                                                        state.group(),
                                                        state.id())),
                "group",
                "deployment");
    }

    private void each(GaugeWithCallback.Callback gauge, ToDoubleFunction<DeploymentState> value) {
        for (DeploymentState state : deployments.get()) {
            gauge.call(value.applyAsDouble(state), state.group(), state.id());
        }
    }
}
