package dev.midstream.protocol.responses;

import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.protocol.InvalidRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reasoning that came encrypted as a whole, told by its block's start (Claude). Stateless. */
final class Redacted {

    private Redacted() {}

    /** The proof of origin that a block's start holds, null if it holds none. */
    static @Nullable Seal seal(@Nullable Json start) {
        if (start == null || !start.text().startsWith("{")) {
            return null;
        }
        try {
            String data = Fields.of("", start).optional("data");
            return data == null || data.isEmpty() ? null : new Seal(Seal.CLAUDE, data);
        } catch (InvalidRequest | JacksonException notOurs) {
            return null;
        }
    }
}
