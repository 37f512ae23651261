package dev.midstream.driver;

import java.time.Duration;

/** One request on its way to an upstream and back. Confined to its {@link Loop}. */
public interface Exchange {

    /** Ends the request in whatever phase it is; the listener hears nothing any more. */
    void cancel();

    /** Whether the response's bytes are read; off while the client takes nothing. */
    void reading(boolean wanted);

    /**
     * The listener has heard all that it wanted: the upstream is left to end by itself, so that the
     * connection can be used again, and is closed if it has not ended within this time.
     */
    void endWithin(Duration time);
}
