package dev.midstream.protocol.responses;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.protocol.InvalidRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Items of tools that the provider runs, carried without being understood. Stateless. */
final class OpaqueItem {

    private OpaqueItem() {}

    /** The type of an item of this protocol, null if it is none. */
    static @Nullable String type(Json raw) {
        if (!raw.text().startsWith("{")) {
            return null;
        }
        try {
            String type = Fields.of("", raw).optional("type");
            boolean ours = type != null && (type.endsWith("_call") || type.startsWith("mcp_"));
            return ours ? type : null;
        } catch (InvalidRequest | JacksonException notOurs) {
            return null;
        }
    }

    static String id(JsonSplice item, String otherwise) {
        String id = Members.text(item, "id");
        return id.isEmpty() ? otherwise : id;
    }
}
