package dev.midstream.gateway.edge;

import java.time.Instant;
import java.util.List;

/** What is served now, and how the last change of it went. Thread-safe. */
public final class Served {

    private volatile Service service;
    private volatile ConfigState config;

    public Served(Service first, Instant at) {
        this.service = first;
        this.config = ConfigState.loaded(at);
    }

    /** What a request that comes now is served by, from its beginning to its end. */
    public Service now() {
        return service;
    }

    ConfigState config() {
        return config;
    }

    /** From now on this is served. */
    public void change(Service next, Instant at) {
        service = next;
        config = ConfigState.loaded(at);
    }

    /**
     * A change could not be made; what was served is served on.
     *
     * @param errors what is wrong, for the operator; without secrets
     */
    public void failed(Instant at, List<String> errors) {
        config = config.failed(at, errors);
    }
}
