package dev.midstream.protocol;

import dev.midstream.model.Json;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
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
public final class BodyReader implements AutoCloseable {

    private static final int DEEPEST = 500;
    private static final int PIECE = 8192;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private final byte[] body;
    private final JsonParser parser;

    /** A reader of a whole body, before its first value. */
    public BodyReader(byte[] body) {
        this.body = body;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), body);
    }

    /** A reader of one value, which is the current one. */
    public static BodyReader of(Json value) {
        BodyReader reader = new BodyReader(value.text().getBytes(StandardCharsets.UTF_8));
        reader.next();
        return reader;
    }

    /**
     * Refuses a body that is not UTF-8 throughout: values are passed on as they were written. A
     * byte of 0 at the beginning is UTF-16 or UTF-32.
     */
    public static void requireUtf8(byte[] body) throws InvalidRequest {
        boolean wide = false;
        for (int i = 0; i < Math.min(4, body.length); i++) {
            wide |= body[i] == 0;
        }
        if (wide || !ascii(body) && !utf8(body)) {
            throw new InvalidRequest(400, null, "The body is not JSON in UTF-8");
        }
    }

    /** What most bodies are, and what is found out at a tenth of the price. */
    private static boolean ascii(byte[] body) {
        int all = 0;
        for (byte one : body) {
            all |= one;
        }
        return all >= 0;
    }

    private static boolean utf8(byte[] body) {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(PIECE);
        CoderResult result;
        do {
            result = strict.decode(in, out.clear(), true);
        } while (result.isOverflow());
        return !result.isError();
    }

    /** Reads the members of the one object that the whole body has to be. */
    public void body(Members members) throws InvalidRequest {
        JsonToken first = next();
        if (first == null) {
            throw new InvalidRequest(400, null, "The body is empty: expected a JSON object");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new InvalidRequest(400, null, "Expected the body to be a JSON object");
        }
        members(members);
        if (next() != null) {
            throw new InvalidRequest(400, null, "Something follows the body's JSON object");
        }
    }

    /** Reads the members of the object that comes next. */
    public interface Members {
        /** Called before the value of each member; reads it, and nothing else. */
        void member(String name) throws InvalidRequest;
    }

    /** Reads the elements of the array that comes next. */
    public interface Elements {
        void element(String path) throws InvalidRequest;
    }

    public JsonToken next() {
        return parser.nextToken();
    }

    /** The kind of the value that {@link #next()} came to. */
    public JsonToken kind() {
        return parser.currentToken();
    }

    /** Reads the rest of the object whose start was just read. */
    public void members(Members members) throws InvalidRequest {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.member(name);
        }
    }

    /** The members of the current value, which has to be an object. */
    public void object(String path, Members members) throws InvalidRequest {
        expect(JsonToken.START_OBJECT, path, "an object");
        members(members);
    }

    /** The elements of the current value, which has to be an array. */
    public void array(String path, Elements elements) throws InvalidRequest {
        expect(JsonToken.START_ARRAY, path, "an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            elements.element(path + "[" + i + "]");
        }
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public boolean isString() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    public String string(String path) throws InvalidRequest {
        expect(JsonToken.VALUE_STRING, path, "a string");
        return parser.getString();
    }

    public @Nullable String optionalString(String path) throws InvalidRequest {
        return isNull() ? null : string(path);
    }

    public @Nullable Boolean optionalBoolean(String path) throws InvalidRequest {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw expected(path, "true or false");
        };
    }

    public @Nullable Integer optionalInt(String path, int least) throws InvalidRequest {
        Long number = optionalLong(path);
        if (number != null && (number < least || number > Integer.MAX_VALUE)) {
            throw invalid(
                    path, "Expected a whole number of at least " + least + ", but got " + number);
        }
        return number == null ? null : number.intValue();
    }

    public @Nullable Long optionalLong(String path) throws InvalidRequest {
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

    public @Nullable Double optionalDouble(String path) throws InvalidRequest {
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
    public List<String> strings(String path) throws InvalidRequest {
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
    public Json raw() {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (isString()) {
            parser.finishToken();
        }
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return new Json(new String(body, start, end - start, StandardCharsets.UTF_8));
    }

    public @Nullable Json optionalRaw() {
        return isNull() ? null : raw();
    }

    public void skip() {
        parser.skipChildren();
    }

    private void expect(JsonToken token, String path, String what) throws InvalidRequest {
        if (parser.currentToken() != token) {
            throw expected(path, what);
        }
    }

    public InvalidRequest expected(String path, String what) {
        return invalid(path, "Expected " + what + ", but got " + name(parser.currentToken()));
    }

    public static InvalidRequest invalid(@Nullable String path, String message) {
        String where = path == null ? "" : " at '" + path + "'";
        return new InvalidRequest(400, path, "Invalid request" + where + ": " + message);
    }

    public static InvalidRequest notJson(JacksonException e) {
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
