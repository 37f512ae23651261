package dev.midstream.client;

import dev.midstream.client.spi.Provider;
import dev.midstream.driver.Attempt;
import dev.midstream.driver.Journal;
import dev.midstream.driver.Loop;
import dev.midstream.driver.Providers;
import dev.midstream.relay.Step;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The providers that were given to the router. Immutable. */
record PluggedIn(Map<String, Provider> byName, Journal journal) implements Providers {

    @Override
    public @Nullable Attempt attempt(Step.Start start, Loop loop, Attempt.Listener listener) {
        Provider provider = byName.get(start.face().target().provider());
        return provider == null
                ? null
                : new ProvidedAttempt(provider, start, loop, journal, listener);
    }
}
