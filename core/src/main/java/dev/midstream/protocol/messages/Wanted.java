package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a client's body, and what is wanted of its members. Errors say what Anthropic's API
 * says, the place first: {@code messages.0.role: Field required}.
 *
 * @param path where the object stands, empty for the body itself
 */
record Wanted(String path, Map<String, JsonView> members) {

    /**
     * @throws InvalidRequest if the value is no object
     */
    static Wanted of(String path, JsonView value) throws InvalidRequest {
        if (!value.isObject()) {
            throw wrong(path, "Input should be a valid dictionary");
        }
        return new Wanted(path, value.members());
    }

    /** The error about a place, which the message names as Anthropic does. */
    static InvalidRequest wrong(String path, String words) {
        String dotted = path.replace("[", ".").replace("]", "");
        return new InvalidRequest(400, path, dotted + ": " + words);
    }

    InvalidRequest wrongAt(String name, String words) {
        return wrong(at(name), words);
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The member, null if it is absent or null. */
    @Nullable JsonView value(String name) {
        JsonView value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }

    JsonView needed(String name) throws InvalidRequest {
        JsonView value = members.get(name);
        if (value == null) {
            throw wrongAt(name, "Field required");
        }
        return value;
    }

    @Nullable Json raw(String name) {
        JsonView value = value(name);
        return value == null ? null : value.json();
    }

    String string(String name) throws InvalidRequest {
        return string(at(name), needed(name));
    }

    @Nullable String optionalString(String name) throws InvalidRequest {
        JsonView value = value(name);
        return value == null ? null : string(at(name), value);
    }

    static String string(String path, JsonView value) throws InvalidRequest {
        if (!value.isString()) {
            throw wrong(path, "Input should be a valid string");
        }
        return value.text();
    }

    @Nullable Boolean optionalBoolean(String name) throws InvalidRequest {
        JsonView value = value(name);
        if (value != null && !value.isBoolean()) {
            throw wrongAt(name, "Input should be a valid boolean");
        }
        return value == null ? null : value.isTrue();
    }

    @Nullable Integer optionalInt(String name) throws InvalidRequest {
        JsonView value = value(name);
        if (value == null) {
            return null;
        }
        try {
            if (value.isNumber()) {
                return Integer.valueOf(value.text());
            }
        } catch (NumberFormatException fractionOrTooLarge) {
            throw wrongAt(name, "Input should be a valid integer");
        }
        throw wrongAt(name, "Input should be a valid integer");
    }

    @Nullable Double optionalDouble(String name) throws InvalidRequest {
        JsonView value = value(name);
        if (value == null) {
            return null;
        }
        double number = value.isNumber() ? Double.parseDouble(value.text()) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw wrongAt(name, "Input should be a valid number");
        }
        return number;
    }

    /** The elements of an array, none if it is absent or null. */
    List<JsonView> array(String name) throws InvalidRequest {
        JsonView value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrongAt(name, "Input should be a valid list");
        }
        return value.elements();
    }

    List<String> strings(String name) throws InvalidRequest {
        List<String> strings = new ArrayList<>();
        for (JsonView element : array(name)) {
            strings.add(string(at(name) + "[" + strings.size() + "]", element));
        }
        return strings;
    }

    /** The object that the member is, null if it is absent or null. */
    @Nullable Wanted object(String name) throws InvalidRequest {
        JsonView value = value(name);
        return value == null ? null : of(at(name), value);
    }
}
