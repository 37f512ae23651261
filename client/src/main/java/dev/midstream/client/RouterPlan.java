package dev.midstream.client;

import dev.midstream.client.spi.Provider;
import dev.midstream.config.Diagnostic;
import dev.midstream.routing.RouterConfig;
import java.util.List;
import java.util.Map;

/**
 * What a builder was told, checked.
 *
 * @param config with the strategy that was given as an object, if one was
 * @param providers that are plugged in, by the name that {@code target().provider()} has
 * @param warnings what is odd or has no effect
 */
record RouterPlan(RouterConfig config, Map<String, Provider> providers, List<Diagnostic> warnings) {

    RouterPlan {
        providers = Map.copyOf(providers);
        warnings = List.copyOf(warnings);
    }
}
