package dev.midstream.protocol.messages;

import dev.midstream.json.JsonSplice;
import java.nio.charset.StandardCharsets;

/** Edits members of an object that is text, and leaves the rest as it was written. Stateless. */
final class Members {

    private Members() {}

    static JsonSplice of(String object) {
        return JsonSplice.of(object.getBytes(StandardCharsets.UTF_8));
    }

    static String text(JsonSplice splice) {
        return new String(splice.bytes(), StandardCharsets.UTF_8);
    }

    static String with(String object, String name, String json) {
        return text(of(object).set(name, json));
    }

    static String without(String object, String name) {
        return text(of(object).remove(name));
    }
}
