package dev.midstream.protocol.chat;

import dev.midstream.model.Json;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a client's body value by value, and says of a wrong one where it stands and what was
 * expected.
 *
 * <p>Each method reads the value that comes next; {@code null} counts as absent where the result
 * may be null.
 */
final class BodyReader implements AutoCloseable {

    private static final int DEEPEST = 500;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private final byte[] body;
    private final JsonParser parser;

    BodyReader(byte[] body) {
        this.body = body;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), body);
    }

    /** Reads the members of the object that comes next. */
    interface Members {
        /** Called before the value of each member; reads it, and nothing else. */
        void member(String name) throws InvalidRequest;
    }

    /** Reads the elements of the array that comes next. */
    interface Elements {
        void element(String path) throws InvalidRequest;
    }

    JsonToken next() {
        return parser.nextToken();
    }

    /** The kind of the value that {@link #next()} came to. */
    JsonToken kind() {
        return parser.currentToken();
    }

    /** Reads the rest of the object whose start was just read. */
    void members(Members members) throws InvalidRequest {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.member(name);
        }
    }

    /** The members of the current value, which has to be an object. */
    void object(String path, Members members) throws InvalidRequest {
        expect(JsonToken.START_OBJECT, path, "an object");
        members(members);
    }

    /** The elements of the current value, which has to be an array. */
    void array(String path, Elements elements) throws InvalidRequest {
        expect(JsonToken.START_ARRAY, path, "an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            elements.element(path + "[" + i + "]");
        }
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    boolean isString() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    String string(String path) throws InvalidRequest {
        expect(JsonToken.VALUE_STRING, path, "a string");
        return parser.getString();
    }

    @Nullable String optionalString(String path) throws InvalidRequest {
        return isNull() ? null : string(path);
    }

    @Nullable Boolean optionalBoolean(String path) throws InvalidRequest {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw expected(path, "true or false");
        };
    }

    @Nullable Integer optionalInt(String path, int least) throws InvalidRequest {
        Long number = optionalLong(path);
        if (number != null && (number < least || number > Integer.MAX_VALUE)) {
            throw invalid(
                    path, "Expected a whole number of at least " + least + ", but got " + number);
        }
        return number == null ? null : number.intValue();
    }

    @Nullable Long optionalLong(String path) throws InvalidRequest {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.VALUE_NUMBER_INT, path, "a whole number");
        try {
            return parser.getLongValue();
        } catch (JacksonException tooLarge) {
            throw invalid(path, "Expected a whole number of at most 64 bits");
        }
    }

    @Nullable Double optionalDouble(String path) throws InvalidRequest {
        if (isNull()) {
            return null;
        }
        if (!parser.currentToken().isNumeric()) {
            throw expected(path, "a number");
        }
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw invalid(path, "Expected a number of sensible size");
        }
        return number;
    }

    /** A string, or several. */
    List<String> strings(String path) throws InvalidRequest {
        List<String> strings = new ArrayList<>();
        if (isArray()) {
            array(path, element -> strings.add(string(element)));
        } else if (!isNull()) {
            if (!isString()) {
                throw expected(path, "a string or an array of strings");
            }
            strings.add(parser.getString());
        }
        return strings;
    }

    /** The current value as it was written. */
    Json raw() {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (isString()) {
            parser.finishToken();
        }
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return new Json(new String(body, start, end - start, StandardCharsets.UTF_8));
    }

    @Nullable Json optionalRaw() {
        return isNull() ? null : raw();
    }

    void skip() {
        parser.skipChildren();
    }

    private void expect(JsonToken token, String path, String what) throws InvalidRequest {
        if (parser.currentToken() != token) {
            throw expected(path, what);
        }
    }

    InvalidRequest expected(String path, String what) {
        return invalid(path, "Expected " + what + ", but got " + name(parser.currentToken()));
    }

    static InvalidRequest invalid(@Nullable String path, String message) {
        String where = path == null ? "" : " at '" + path + "'";
        return new InvalidRequest(400, path, "Invalid request" + where + ": " + message);
    }

    static InvalidRequest notJson(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String where =
                at == null || at.getLineNr() < 1
                        ? ""
                        : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        String what =
                e instanceof StreamConstraintsException
                        ? "The body is nested deeper than "
                                + DEEPEST
                                + " levels, or a name or number in it is too long"
                        : "The body is not valid JSON";
        return new InvalidRequest(400, null, what + where);
    }

    private static String name(@Nullable JsonToken token) {
        return switch (token) {
            case null -> "the end of the body";
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    @Override
    public void close() {
        parser.close();
    }
}
