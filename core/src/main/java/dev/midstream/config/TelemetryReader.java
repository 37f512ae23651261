package dev.midstream.config;

import dev.midstream.model.Secret;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is told of metrics and traces: LiteLLM's callbacks, and the environment variables of
 * OpenTelemetry.
 *
 * <p><b>Source</b>: OpenTelemetry's specification of environment variables, and LiteLLM's page on
 * its {@code otel} callback for the older names; read 2026-09.
 */
final class TelemetryReader {

    private static final List<String> CALLBACKS =
            List.of(
                    "callbacks",
                    "success_callback",
                    "failure_callback",
                    "service_callback",
                    "service_callbacks");

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

    /** The variables that count for traces. */
    private static final List<String> VARIABLES =
            List.of(
                    ENDPOINT,
                    TRACES_ENDPOINT,
                    HEADERS,
                    "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
                    "OTEL_EXPORTER_OTLP_TIMEOUT",
                    "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
                    "OTEL_EXPORTER_OTLP_COMPRESSION",
                    "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION",
                    "OTEL_EXPORTER_OTLP_CERTIFICATE",
                    "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
                    "OTEL_SERVICE_NAME",
                    "OTEL_RESOURCE_ATTRIBUTES",
                    "OTEL_TRACES_SAMPLER",
                    "OTEL_TRACES_SAMPLER_ARG",
                    "OTEL_BSP_SCHEDULE_DELAY",
                    "OTEL_BSP_MAX_QUEUE_SIZE",
                    "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                    "OTEL_BSP_EXPORT_TIMEOUT");

    /** LiteLLM's older names for some of them. */
    private static final Map<String, String> OLDER =
            Map.of(ENDPOINT, "OTEL_ENDPOINT", HEADERS, "OTEL_HEADERS");

    private static final String TRACES_PATH = "/v1/traces";

    private final Section liteLlm;
    private final Environment environment;

    TelemetryReader(Section liteLlm) {
        this.liteLlm = liteLlm;
        this.environment = liteLlm.reading().environment();
    }

    Telemetry read() {
        Set<String> callbacks = new HashSet<>();
        CALLBACKS.forEach(key -> callbacks(key, callbacks));
        Map<String, Secret> variables = variables();
        boolean asked =
                callbacks.contains("otel")
                        || variables.containsKey(ENDPOINT)
                        || variables.containsKey(TRACES_ENDPOINT);
        return new Telemetry(
                Boolean.TRUE.equals(liteLlm.flag("require_auth_for_metrics_endpoint")),
                callbacks.contains("prometheus"),
                asked && !off(),
                variables);
    }

    private void callbacks(String key, Set<String> found) {
        for (YamlNode item : items(liteLlm.node(key))) {
            String name = liteLlm.reading().text(key, item);
            if (name == null) {
                continue;
            }
            switch (name) {
                case "prometheus" -> found.add(name);
                case "otel", "opentelemetry" -> found.add("otel");
                default ->
                        liteLlm.reading()
                                .warning(
                                        item,
                                        "`"
                                                + IllegalSetting.shown(name)
                                                + "` in `"
                                                + key
                                                + "` has no effect here; `prometheus` and `otel` have");
            }
        }
    }

    private static List<YamlNode> items(@Nullable YamlNode node) {
        if (node == null) {
            return List.of();
        }
        return node instanceof Sequence sequence ? sequence.items() : List.of(node);
    }

    /** The specification's two ways to switch it off. */
    private boolean off() {
        return "true".equalsIgnoreCase(environment.get("OTEL_SDK_DISABLED"))
                || "none".equalsIgnoreCase(environment.get("OTEL_TRACES_EXPORTER"));
    }

    private Map<String, Secret> variables() {
        Map<String, Secret> variables = new TreeMap<>();
        OLDER.forEach((name, older) -> add(name, environment.get(older), variables));
        VARIABLES.forEach(name -> add(name, environment.get(name), variables));
        return variables;
    }

    /** LiteLLM's endpoint may have the path of traces already, the specification's has not. */
    private static void add(String name, @Nullable String value, Map<String, Secret> variables) {
        if (value != null) {
            boolean whole = name.equals(ENDPOINT) && value.endsWith(TRACES_PATH);
            String plain =
                    whole ? value.substring(0, value.length() - TRACES_PATH.length()) : value;
            variables.put(name, Secret.of(plain));
        }
    }
}
