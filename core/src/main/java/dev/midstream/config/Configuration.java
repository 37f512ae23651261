package dev.midstream.config;

import dev.midstream.routing.RouterConfig;
import java.util.List;

/**
 * A configuration that can be used. Immutable.
 *
 * @param warnings what is odd or has no effect, in the order of the files
 */
public record Configuration(
        RouterConfig router,
        GeneralSettings general,
        Telemetry telemetry,
        List<Diagnostic> warnings) {

    public Configuration {
        warnings = List.copyOf(warnings);
    }
}
