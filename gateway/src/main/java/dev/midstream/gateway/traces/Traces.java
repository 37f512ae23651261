package dev.midstream.gateway.traces;

import dev.midstream.driver.Outcome;
import dev.midstream.gateway.log.Refusal;
import dev.midstream.gateway.log.RequestLine;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.model.Secret;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends the spans of requests. Thread-safe. */
public final class Traces implements RequestLog, AutoCloseable {

    private static final long LAST_SECONDS = 3;

    private static final TextMapGetter<Map<String, String>> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Map<String, String> headers) {
                    return headers.keySet();
                }

                @Override
                public @Nullable String get(@Nullable Map<String, String> headers, String name) {
                    return headers == null ? null : headers.get(name);
                }
            };

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    Traces(OpenTelemetrySdk sdk, String version) {
        this.sdk = sdk;
        this.tracer = sdk.getTracerProvider().get("dev.midstream", version);
    }

    /**
     * Begins to send to where OpenTelemetry's variables say.
     *
     * @param variables by their names; they go before those of the process
     * @throws IllegalStateException if they cannot be used
     */
    public static Traces start(Map<String, Secret> variables, String version) {
        Map<String, String> told = new HashMap<>();
        variables.forEach((name, value) -> told.put(property(name), value.reveal()));
        told.put("otel.traces.exporter", "otlp");
        told.put("otel.metrics.exporter", "none");
        told.put("otel.logs.exporter", "none");
        told.put("otel.propagators", "none");
        told.put("otel.exporter.otlp.protocol", "http/protobuf");
        told.put("otel.exporter.otlp.traces.protocol", "http/protobuf");
        try {
            OpenTelemetrySdk sdk =
                    AutoConfiguredOpenTelemetrySdk.builder()
                            .addPropertiesSupplier(() -> Map.of("otel.service.name", "midstream"))
                            .addPropertiesCustomizer(properties -> told)
                            .disableShutdownHook()
                            .build()
                            .getOpenTelemetrySdk();
            return new Traces(sdk, version);
        } catch (ConfigurationException wrong) {
            throw new IllegalStateException("traces cannot be sent: " + wrong.getMessage(), wrong);
        }
    }

    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    @Override
    public void ended(RequestLine line, Outcome outcome, long nowNanos) {
        Context parent =
                W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), line.trace(), HEADERS);
        new Spans(tracer, line).make(parent, outcome, nowNanos);
    }

    /** Nobody was asked: there is nothing to trace. */
    @Override
    public void refused(Refusal refusal) {}

    /** Sends what is left, for a moment at most. */
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}
