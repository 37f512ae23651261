package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Secret;
import org.junit.jupiter.api.Test;

/** What is told of metrics and traces. */
class TelemetryIsReadTest {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static Telemetry of(Given given) {
        return given.read().telemetry();
    }

    @Test
    void nothingIsSwitchedOnByItself() {
        assertThat(of(Given.sections(""))).isEqualTo(Telemetry.DEFAULTS);
    }

    @Test
    void callbacksOfLiteLlmSwitchOn() {
        assertThat(of(Given.sections("litellm_settings: {callbacks: [prometheus, otel]}\n")))
                .satisfies(t -> assertThat(t.liteLlmMetrics()).isTrue())
                .satisfies(t -> assertThat(t.traces()).isTrue());
        assertThat(of(Given.sections("litellm_settings: {success_callback: prometheus}\n")))
                .satisfies(t -> assertThat(t.liteLlmMetrics()).isTrue())
                .satisfies(t -> assertThat(t.traces()).isFalse());
    }

    @Test
    void aKeyForMetricsIsAskedForWhereThatIsSaid() {
        String asked = "litellm_settings: {require_auth_for_metrics_endpoint: true}\n";
        assertThat(of(Given.sections(asked)).metricsNeedKey()).isTrue();
    }

    @Test
    void anEndpointInTheEnvironmentSwitchesTracesOn() {
        Telemetry told = of(Given.sections("").with(ENDPOINT, "http://collector:4318"));
        assertThat(told.traces()).isTrue();
        assertThat(told.openTelemetry())
                .containsEntry(ENDPOINT, Secret.of("http://collector:4318"));
    }

    @Test
    void theSpecificationsWaysToSwitchThemOffCount() {
        Given given = Given.sections("litellm_settings: {callbacks: [otel]}\n");
        assertThat(of(given.with("OTEL_TRACES_EXPORTER", "none")).traces()).isFalse();
        assertThat(
                        of(
                                Given.sections("")
                                        .with(ENDPOINT, "http://c")
                                        .with("OTEL_SDK_DISABLED", "true")))
                .satisfies(t -> assertThat(t.traces()).isFalse());
    }

    @Test
    void liteLlmsOlderNamesCountWhereTheSpecificationsAreNotSet() {
        Telemetry told =
                of(
                        Given.sections("litellm_settings: {callbacks: [otel]}\n")
                                .with("OTEL_ENDPOINT", "http://collector:4318/v1/traces")
                                .with("OTEL_HEADERS", "x-key=secret"));
        assertThat(told.openTelemetry())
                .containsEntry(ENDPOINT, Secret.of("http://collector:4318"))
                .containsEntry("OTEL_EXPORTER_OTLP_HEADERS", Secret.of("x-key=secret"));
        assertThat(told.toString()).doesNotContain("secret");
    }
}
