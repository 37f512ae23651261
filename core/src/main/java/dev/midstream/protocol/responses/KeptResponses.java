package dev.midstream.protocol.responses;

import dev.midstream.model.Json;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answers that no provider keeps. Thread-safe; what was put may be gone at any time, by
 * age or for want of room.
 */
public interface KeptResponses {

    /** Keeps an answer, in place of what was kept under the same id. */
    void put(KeptResponse response);

    @Nullable KeptResponse find(String id);

    /**
     * The item of this id in the output of any kept answer, as it was shown.
     *
     * @return null if there is none
     */
    @Nullable Json item(String id);

    /** Forgets an answer; whether it was there. */
    boolean delete(String id);
}
