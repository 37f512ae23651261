package dev.midstream.gateway.edge;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration counts, and what became of a newer one. Immutable.
 *
 * @param loadedAt when the one that counts was read
 * @param failedAt when a newer one was found to be wrong, null if none was
 * @param errors what is wrong with that one
 */
record ConfigState(Instant loadedAt, @Nullable Instant failedAt, List<String> errors) {

    ConfigState {
        errors = List.copyOf(errors);
    }

    static ConfigState loaded(Instant at) {
        return new ConfigState(at, null, List.of());
    }

    ConfigState failed(Instant at, List<String> wrong) {
        return new ConfigState(loadedAt, at, wrong);
    }
}
