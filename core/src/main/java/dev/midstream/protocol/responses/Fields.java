package dev.midstream.protocol.responses;

import dev.midstream.model.Json;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object of a request, each as it was written, and where the object stands.
 * {@code null} counts as absent; a member that stands there twice counts as its last.
 *
 * @param path {@code input[3].content[0]}
 */
record Fields(String path, Json raw, Map<String, Json> members) {

    /** Reads an array's elements one after the other. */
    interface Elements {
        void element(String path, Json element) throws InvalidRequest;
    }

    /** The object that a value has to be. */
    static Fields of(String path, Json value) throws InvalidRequest {
        Map<String, Json> members = new LinkedHashMap<>();
        try (BodyReader in = BodyReader.of(value)) {
            if (!in.isObject()) {
                throw wrongType(path, "an object", value);
            }
            in.members(
                    name -> {
                        Json member = in.optionalRaw();
                        if (member != null) {
                            members.put(name, member);
                        }
                    });
        }
        return new Fields(path, value, members);
    }

    /** Reads the elements of the array that a value has to be. */
    static void each(String path, Json value, Elements elements) throws InvalidRequest {
        List<Json> found = new ArrayList<>();
        try (BodyReader in = BodyReader.of(value)) {
            if (!in.isArray()) {
                throw wrongType(path, "an array", value);
            }
            in.array(path, at -> found.add(in.raw()));
        }
        for (int i = 0; i < found.size(); i++) {
            elements.element(path + "[" + i + "]", found.get(i));
        }
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    @Nullable Json value(String name) {
        return members.get(name);
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @Nullable String optional(String name) throws InvalidRequest {
        Json value = members.get(name);
        return value == null ? null : string(at(name), value);
    }

    /** A string that may be empty, but has to be there. */
    String needed(String name) throws InvalidRequest {
        String text = optional(name);
        if (text == null) {
            throw missing(at(name));
        }
        return text;
    }

    /** A string that has to be there and to say something. */
    String named(String name) throws InvalidRequest {
        String text = needed(name);
        if (text.isBlank()) {
            throw invalid("invalid_value", at(name), "Expected a string that is not empty");
        }
        return text;
    }

    @Nullable Boolean flag(String name) throws InvalidRequest {
        Json value = members.get(name);
        if (value == null) {
            return null;
        }
        return switch (value.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrongType(at(name), "a boolean", value);
        };
    }

    void each(String name, Elements elements) throws InvalidRequest {
        Json value = members.get(name);
        if (value != null) {
            each(at(name), value, elements);
        }
    }

    static String string(String path, Json value) throws InvalidRequest {
        try (BodyReader in = BodyReader.of(value)) {
            if (!in.isString()) {
                throw wrongType(path, "a string", value);
            }
            return in.string(path);
        }
    }

    static boolean isString(Json value) {
        return value.text().startsWith("\"");
    }

    static InvalidRequest missing(String path) {
        return invalid(
                "missing_required_parameter", path, "Missing required parameter: '" + path + "'.");
    }

    static InvalidRequest wrongType(String path, String expected, Json got) {
        String what =
                switch (got.text().charAt(0)) {
                    case '{' -> "an object";
                    case '[' -> "an array";
                    case '"' -> "a string";
                    case 't', 'f' -> "a boolean";
                    case 'n' -> "null";
                    default -> "a number";
                };
        return invalid(
                "invalid_type",
                path,
                "Invalid type for '"
                        + path
                        + "': expected "
                        + expected
                        + ", but got "
                        + what
                        + " instead.");
    }

    static InvalidRequest invalid(String code, String path, String message) {
        return new InvalidRequest(400, code, path, message);
    }
}
