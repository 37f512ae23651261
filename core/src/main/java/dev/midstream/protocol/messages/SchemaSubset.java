package dev.midstream.protocol.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fits a JSON schema into what the API's structured outputs take: every object closed, no bounds on
 * numbers, lengths and counts, {@code anyOf} for {@code oneOf}. Bounds that had to go are told in
 * the description instead. A schema that fits leaves as it was written.
 *
 * <p>An object that is open on purpose (a dictionary) does not fit: closing it would forbid what
 * was asked for.
 *
 * <p><b>Source</b>: Anthropic's page on structured outputs, limits of JSON schema (read 2026-11).
 * Stateless, thread-safe.
 */
final class SchemaSubset {

    private static final Set<String> BOUNDS =
            Set.of(
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "minLength",
                    "maxLength",
                    "maxItems",
                    "uniqueItems",
                    "minProperties",
                    "maxProperties");
    private static final Set<String> FORMATS =
            Set.of(
                    "date-time",
                    "time",
                    "date",
                    "duration",
                    "email",
                    "hostname",
                    "uri",
                    "ipv4",
                    "ipv6",
                    "uuid");
    private static final List<String> MAPS = List.of("properties", "$defs", "definitions");
    private static final List<String> LISTS = List.of("anyOf", "allOf", "prefixItems");
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private boolean changed;

    private SchemaSubset() {}

    /** The schema as the API takes it, null if it cannot be fitted. */
    static @Nullable String fit(String schema) {
        try {
            JsonNode root = MAPPER.readTree(schema);
            SchemaSubset subset = new SchemaSubset();
            if (!(root instanceof ObjectNode object) || object.isEmpty() || !subset.fit(object)) {
                return null;
            }
            return subset.changed ? root.toString() : schema;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private boolean fit(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return true;
        }
        if (schema.has("patternProperties") || !closed(schema)) {
            return false;
        }
        JsonNode oneOf = schema.remove("oneOf");
        if (oneOf != null) {
            changed = true;
            schema.set("anyOf", oneOf);
        }
        unbound(schema);
        return children(schema);
    }

    /** Closes an object that says nothing about further members; false if it is open on purpose. */
    private boolean closed(ObjectNode schema) {
        JsonNode further = schema.path("additionalProperties");
        boolean object = isObject(schema.path("type")) || schema.has("properties");
        if (!object) {
            return further.isMissingNode() || further.isBoolean();
        }
        if (further.isMissingNode() && !schema.path("properties").isEmpty()) {
            changed = true;
            schema.put("additionalProperties", false);
            return true;
        }
        return further.isBoolean() && !further.booleanValue();
    }

    private static boolean isObject(JsonNode type) {
        if (type.isString()) {
            return type.stringValue().equals("object");
        }
        for (JsonNode one : type) {
            if (one.isString() && one.stringValue().equals("object")) {
                return true;
            }
        }
        return false;
    }

    private void unbound(ObjectNode schema) {
        List<String> told = new ArrayList<>();
        for (String name : List.copyOf(schema.propertyNames())) {
            JsonNode value = schema.path(name);
            boolean refused =
                    BOUNDS.contains(name)
                            || name.equals("minItems") && value.asInt(0) > 1
                            || name.equals("format") && !FORMATS.contains(value.asString(""));
            if (refused) {
                told.add(name + ": " + value.asString(value.toString()));
                schema.remove(name);
            }
        }
        if (!told.isEmpty()) {
            changed = true;
            told.sort(null);
            String description = schema.path("description").asString("");
            schema.put("description", (description + " (" + String.join(", ", told) + ")").strip());
        }
    }

    private boolean children(ObjectNode schema) {
        for (String name : MAPS) {
            for (JsonNode child : schema.path(name)) {
                if (!fit(child)) {
                    return false;
                }
            }
        }
        for (String name : LISTS) {
            for (JsonNode child : schema.path(name)) {
                if (!fit(child)) {
                    return false;
                }
            }
        }
        return fit(schema.path("items"));
    }
}
