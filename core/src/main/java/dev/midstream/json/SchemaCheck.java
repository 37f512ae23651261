package dev.midstream.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks a document against the part of JSON Schema that structured output uses: types,
 * enumerations, constants, properties, required and additional members, items, {@code anyOf},
 * {@code oneOf}, {@code allOf}, local references, and the simple bounds on numbers, lengths and
 * counts.
 *
 * <p>Other keywords are not looked at: a document is only called invalid where it certainly is.
 * Both texts are hostile: depth and work are bounded, and what exceeds the bounds counts as valid.
 *
 * <p><b>Source</b>: JSON Schema 2020-12, core and validation vocabularies; the subset that OpenAI's
 * structured outputs name (read 2026-11). Immutable, thread-safe.
 */
public final class SchemaCheck {

    private static final int MOST_STEPS = 100_000;
    private static final int DEEPEST = 128;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JsonNode root;
    private int steps;

    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    /**
     * Whether {@code document} may be valid by {@code schema}; a schema that is no JSON accepts
     * everything.
     */
    public static boolean accepts(String schema, String document) {
        JsonNode rules = parse(schema);
        if (rules == null) {
            return true;
        }
        JsonNode value = parse(document);
        return value != null && new SchemaCheck(rules).accepts(rules, value, 0);
    }

    private static @Nullable JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    private boolean accepts(JsonNode schema, JsonNode value, int depth) {
        if (++steps > MOST_STEPS || depth > DEEPEST) {
            return true;
        }
        if (schema.isBoolean()) {
            return schema.booleanValue();
        }
        return type(schema.get("type"), value)
                && enumerated(schema, value)
                && bounds(schema, value)
                && combined(schema, value, depth)
                && members(schema, value, depth)
                && items(schema, value, depth);
    }

    private static boolean type(@Nullable JsonNode type, JsonNode value) {
        if (type == null) {
            return true;
        }
        if (!type.isArray()) {
            return is(type.asString(""), value);
        }
        for (JsonNode one : type) {
            if (is(one.asString(""), value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
            case "integer" ->
                    value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            default -> true;
        };
    }

    private static boolean enumerated(JsonNode schema, JsonNode value) {
        JsonNode constant = schema.get("const");
        if (constant != null && !same(constant, value)) {
            return false;
        }
        JsonNode allowed = schema.get("enum");
        if (allowed == null || !allowed.isArray()) {
            return true;
        }
        for (JsonNode one : allowed) {
            if (same(one, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue()) == 0
                : a.equals(b);
    }

    private static boolean bounds(JsonNode schema, JsonNode value) {
        if (value.isNumber()) {
            double number = value.doubleValue();
            return number >= limit(schema, "minimum", Double.NEGATIVE_INFINITY)
                    && number <= limit(schema, "maximum", Double.POSITIVE_INFINITY);
        }
        if (value.isString()) {
            String text = value.stringValue();
            int length = text.codePointCount(0, text.length());
            return within(schema, "minLength", "maxLength", length);
        }
        return !value.isArray() || within(schema, "minItems", "maxItems", value.size());
    }

    private static boolean within(JsonNode schema, String least, String most, int count) {
        return count >= limit(schema, least, 0)
                && count <= limit(schema, most, Double.POSITIVE_INFINITY);
    }

    private static double limit(JsonNode schema, String name, double otherwise) {
        JsonNode limit = schema.get(name);
        return limit != null && limit.isNumber() ? limit.doubleValue() : otherwise;
    }

    private boolean combined(JsonNode schema, JsonNode value, int depth) {
        JsonNode reference = schema.get("$ref");
        if (reference != null && reference.isString()) {
            JsonNode target = resolve(reference.stringValue());
            if (target != null && !accepts(target, value, depth + 1)) {
                return false;
            }
        }
        for (JsonNode all : list(schema, "allOf")) {
            if (!accepts(all, value, depth + 1)) {
                return false;
            }
        }
        return anyAccepts(schema, "anyOf", value, depth)
                && anyAccepts(schema, "oneOf", value, depth);
    }

    private boolean anyAccepts(JsonNode schema, String name, JsonNode value, int depth) {
        Iterable<JsonNode> alternatives = list(schema, name);
        boolean none = true;
        for (JsonNode alternative : alternatives) {
            if (accepts(alternative, value, depth + 1)) {
                return true;
            }
            none = false;
        }
        return none;
    }

    private static Iterable<JsonNode> list(JsonNode schema, String name) {
        JsonNode list = schema.get(name);
        return list != null && list.isArray() ? list : List.of();
    }

    private @Nullable JsonNode resolve(String reference) {
        if (!reference.startsWith("#")) {
            return null;
        }
        JsonNode target = root.at(reference.substring(1));
        return target.isMissingNode() ? null : target;
    }

    private boolean members(JsonNode schema, JsonNode value, int depth) {
        if (!value.isObject()) {
            return true;
        }
        for (JsonNode name : list(schema, "required")) {
            if (!value.has(name.asString(""))) {
                return false;
            }
        }
        JsonNode properties = schema.get("properties");
        JsonNode additional = schema.get("additionalProperties");
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode rule = properties == null ? null : properties.get(member.getKey());
            JsonNode applied = rule != null ? rule : additional;
            if (applied != null && !accepts(applied, member.getValue(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean items(JsonNode schema, JsonNode value, int depth) {
        JsonNode rule = schema.get("items");
        if (rule == null || !value.isArray()) {
            return true;
        }
        for (JsonNode item : value) {
            if (!accepts(rule, item, depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
