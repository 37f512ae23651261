package dev.midstream.config;

import dev.midstream.yaml.Position;
import dev.midstream.yaml.YamlNode.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What only a gateway does, in the configuration of a router that has none around it: named in one
 * warning, whatever it says.
 */
final class GatewayOnly {

    private static final Set<String> GENERAL_THAT_COUNTS = Set.of("model_cost_map");
    private static final Set<String> TELEMETRY =
            Set.of(
                    "master_key",
                    "callbacks",
                    "success_callback",
                    "failure_callback",
                    "service_callback",
                    "service_callbacks",
                    "require_auth_for_metrics_endpoint");

    private GatewayOnly() {}

    static void report(Section general, Section liteLlm) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : general.mapping().entries()) {
            if (!GENERAL_THAT_COUNTS.contains(entry.name()) && general.node(entry.name()) != null) {
                entries.add(entry);
            }
        }
        for (Entry entry : liteLlm.mapping().entries()) {
            if (TELEMETRY.contains(entry.name()) && liteLlm.node(entry.name()) != null) {
                entries.add(entry);
            }
        }
        if (!entries.isEmpty()) {
            warn(general, entries);
        }
    }

    private static void warn(Section general, List<Entry> entries) {
        Position at =
                entries.stream().map(e -> e.key().at()).min(Position::compareTo).orElseThrow();
        String keys =
                entries.stream()
                        .map(entry -> "`" + IllegalSetting.shown(entry.name()) + "`")
                        .collect(Collectors.joining(", "));
        general.reading()
                .diagnostics()
                .warning(at, "only the gateway acts on " + keys + "; no effect in a library");
    }
}
