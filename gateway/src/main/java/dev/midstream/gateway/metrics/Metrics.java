package dev.midstream.gateway.metrics;

import dev.midstream.driver.Outcome;
import dev.midstream.gateway.log.Refusal;
import dev.midstream.gateway.log.RequestLine;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.RouterConfig;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All metrics of one gateway. Thread-safe. */
public final class Metrics implements RequestLog {

    /**
     * What the metrics look at.
     *
     * @param version of the program
     * @param router the configuration that is served now
     * @param calls how many are being carried out now
     * @param deployments what is known of each now
     * @param liteLlmNames whether what LiteLLM has too also goes by its names
     */
    public record Sights(
            String version,
            Supplier<RouterConfig> router,
            IntSupplier calls,
            Supplier<List<DeploymentState>> deployments,
            boolean liteLlmNames) {}

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Supplier<RouterConfig> router;
    private final Supplier<List<DeploymentState>> states;
    private final RequestMeters requests;
    private final AttemptMeters attempts;
    private final @Nullable LiteLlmMeters liteLlm;
    private final Counter reloads;
    private volatile @Nullable Known known;

    public Metrics(Sights sights) {
        Meters meters = new Meters(registry);
        router = sights.router();
        states = sights.deployments();
        requests = new RequestMeters(meters);
        attempts = new AttemptMeters(meters);
        reloads =
                meters.counter(
                        "midstream_config_reloads_total",
                        "Configurations read while the gateway runs: loaded or failed.",
                        "result");
        reloads.initLabelValues("loaded");
        reloads.initLabelValues("failed");
        ProcessMeters.register(meters, sights.version());
        new StateMeters(meters, sights.calls(), this::deployments);
        liteLlm =
                sights.liteLlmNames()
                        ? new LiteLlmMeters(meters, sights, this::known, this::deployments)
                        : null;
    }

    @Override
    public void ended(RequestLine line, Outcome outcome, long nowNanos) {
        Ended ended = new Ended(line, outcome, nowNanos, known());
        requests.ended(ended);
        attempts.ended(ended);
        if (liteLlm != null) {
            liteLlm.ended(ended);
        }
    }

    @Override
    public void refused(Refusal refusal) {
        requests.refused(refusal);
        if (liteLlm != null) {
            liteLlm.refused(refusal);
        }
    }

    /** A configuration was read while the gateway ran. */
    public void reloaded(boolean loaded) {
        reloads.labelValues(loaded ? "loaded" : "failed").inc();
    }

    PrometheusRegistry registry() {
        return registry;
    }

    private List<DeploymentState> deployments() {
        return known().named(states.get());
    }

    private Known known() {
        RouterConfig now = router.get();
        Known last = known;
        if (last == null || !last.of(now)) {
            last = new Known(now);
            known = last;
        }
        return last;
    }
}
