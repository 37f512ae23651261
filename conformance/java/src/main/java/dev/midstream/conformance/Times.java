package dev.midstream.conformance;

import java.time.Duration;

/** How long a library may take. */
final class Times {

    /** Seconds until a library that calls nothing back is said to hang. */
    static final long PATIENCE = 30;

    static final Duration TIMEOUT = Duration.ofSeconds(PATIENCE - 5);

    private Times() {}
}
