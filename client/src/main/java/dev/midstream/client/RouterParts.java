package dev.midstream.client;

import dev.midstream.client.spi.Clock;
import dev.midstream.client.spi.Provider;
import dev.midstream.client.spi.Transport;
import dev.midstream.routing.RouterConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a router is made of. Immutable.
 *
 * @param transport null for the library's own, which the router then closes
 * @param clock null for the machine's, which the router then closes
 * @param providers those that are asked in the canonical model, by name
 */
record RouterParts(
        RouterConfig config,
        @Nullable Transport transport,
        @Nullable Clock clock,
        Map<String, Provider> providers,
        List<RouterListener> listeners,
        @Nullable RecoveryPolicy policy) {

    RouterParts {
        providers = Map.copyOf(providers);
        listeners = List.copyOf(listeners);
    }
}
