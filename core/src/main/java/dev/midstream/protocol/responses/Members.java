package dev.midstream.protocol.responses;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.protocol.InvalidRequest;

/** Looks at members of objects that nobody vouches for. Stateless. */
final class Members {

    private Members() {}

    /** A member that is a text, empty if there is none. */
    static String text(JsonSplice object, String name) {
        Json value = object.value(name);
        if (value == null || !Fields.isString(value)) {
            return "";
        }
        try {
            return Fields.string(name, value);
        } catch (InvalidRequest notAText) {
            return "";
        }
    }
}
