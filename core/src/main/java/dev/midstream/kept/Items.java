package dev.midstream.kept;

import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The items of a conversation as a provider tells them. All methods are pure. */
final class Items {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * An item of a conversation.
     *
     * @param id empty if it has none
     */
    record Item(String id, Json json) {}

    private Items() {}

    /**
     * The items of a list or of an answer, each as it was written, with its reasoning sealed.
     *
     * @param items an array; anything else has none
     */
    static List<Item> items(JsonNode items, Holder holder) {
        List<Item> shown = new ArrayList<>();
        for (JsonNode item : items) {
            seal(item, holder);
            Json json = new Json(JSON.writeValueAsString(item));
            shown.add(new Item(item.path("id").asString(""), json));
        }
        return shown;
    }

    private static void seal(JsonNode item, Holder holder) {
        String sealed = item.path("encrypted_content").asString("");
        if (!sealed.isEmpty() && item instanceof ObjectNode object) {
            Seal seal = new Seal(holder.face().target().origin(), sealed);
            object.put("encrypted_content", seal.written(""));
        }
    }

    /** A body as a tree, null's node if it is not JSON. */
    static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.nullNode();
        }
    }
}
