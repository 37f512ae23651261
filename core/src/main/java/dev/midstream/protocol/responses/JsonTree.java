package dev.midstream.protocol.responses;

import dev.midstream.model.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON as a tree, for what does not come with every token. Stateless, thread-safe. */
final class JsonTree {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonTree() {}

    /** The value, a missing node if it is not one JSON value. */
    static JsonNode read(byte[] bytes) {
        try {
            JsonNode root = MAPPER.readTree(bytes);
            return root == null ? MissingNode.getInstance() : root;
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    static JsonNode read(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            return root == null ? MissingNode.getInstance() : root;
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** A member that is a text, empty if there is none. */
    static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isString() ? value.stringValue() : "";
    }

    /** A member that is a text, null if there is none. */
    static @Nullable String textOrNull(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    /** A member that is a whole number from 0 on, else {@code otherwise}. */
    static long number(JsonNode object, String name, long otherwise) {
        JsonNode value = object.path(name);
        boolean fits = value.isIntegralNumber() && value.canConvertToLong();
        return fits && value.longValue() >= 0 ? value.longValue() : otherwise;
    }

    static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    static Json json(JsonNode value) {
        return new Json(value.toString());
    }
}
