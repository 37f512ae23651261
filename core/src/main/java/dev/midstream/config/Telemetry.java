package dev.midstream.config;

import dev.midstream.model.Secret;
import java.util.Map;

/**
 * What the configuration and the environment say of metrics and traces. Immutable.
 *
 * @param metricsNeedKey whether {@code /metrics} is only shown to whoever has the key
 * @param liteLlmMetrics whether metrics also go by LiteLLM's names
 * @param traces whether traces are sent
 * @param openTelemetry OpenTelemetry's own variables, by their names; headers are among them
 */
public record Telemetry(
        boolean metricsNeedKey,
        boolean liteLlmMetrics,
        boolean traces,
        Map<String, Secret> openTelemetry) {

    /** Metrics for everybody, no traces. */
    public static final Telemetry DEFAULTS = new Telemetry(false, false, false, Map.of());

    public Telemetry {
        openTelemetry = Map.copyOf(openTelemetry);
    }
}
