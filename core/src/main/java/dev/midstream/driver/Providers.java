package dev.midstream.driver;

import dev.midstream.relay.Step;
import org.jspecify.annotations.Nullable;

/** Providers that are not asked over the wire. Thread-safe. */
public interface Providers {

    /** There are none. */
    Providers NONE = (start, loop, listener) -> null;

    /**
     * An attempt at such a provider, not begun; null where the deployment is asked over the wire.
     * Called on the loop.
     */
    @Nullable Attempt attempt(Step.Start start, Loop loop, Attempt.Listener listener);
}
