package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import dev.midstream.protocol.InvalidRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * A value of a client's body, where it stands: its parts are read when they are asked for, one
 * level at a time, and every one of them can be had as it was written. Immutable.
 */
final class JsonView {

    private static final int DEEPEST = 500;
    private static final int PIECE = 8192;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private final byte[] source;
    private final int start;
    private final int end;

    private JsonView(byte[] source, int start, int end) {
        this.source = source;
        this.start = start;
        this.end = end;
    }

    /**
     * The object that a body is.
     *
     * @throws InvalidRequest if it is not one JSON object in UTF-8
     */
    static JsonView body(byte[] body) throws InvalidRequest {
        if (!utf8(body)) {
            throw new InvalidRequest(400, null, "The request body is not valid JSON in UTF-8");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidRequest(400, null, "The request body is not a JSON object");
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            int end = (int) parser.currentLocation().getByteOffset();
            if (parser.nextToken() != null) {
                throw new InvalidRequest(
                        400, null, "The request body is not valid JSON: something follows it");
            }
            return new JsonView(body, start, end);
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** A value that is known to be JSON. */
    static JsonView of(Json json) {
        byte[] text = json.text().getBytes(StandardCharsets.UTF_8);
        return new JsonView(text, 0, text.length);
    }

    static InvalidRequest notJson(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String where =
                at == null || at.getLineNr() < 1
                        ? ""
                        : ": line " + at.getLineNr() + " column " + at.getColumnNr();
        String what =
                e instanceof StreamConstraintsException
                        ? "The request body is nested too deeply, or a part of it is too long"
                        : "The request body is not valid JSON";
        return new InvalidRequest(400, null, what + where);
    }

    /** Values are passed on as they were written, and clients of all kinds read them. */
    private static boolean utf8(byte[] body) {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                return false;
            }
        }
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(PIECE);
        CoderResult result;
        do {
            result = strict.decode(in, out.clear(), true);
        } while (result.isOverflow());
        return !result.isError();
    }

    boolean isObject() {
        return source[start] == '{';
    }

    boolean isArray() {
        return source[start] == '[';
    }

    boolean isString() {
        return source[start] == '"';
    }

    boolean isNull() {
        return source[start] == 'n';
    }

    boolean isBoolean() {
        return source[start] == 't' || source[start] == 'f';
    }

    boolean isNumber() {
        return source[start] == '-' || source[start] >= '0' && source[start] <= '9';
    }

    boolean isTrue() {
        return source[start] == 't';
    }

    /** The members of an object in their order, of several of one name the last. */
    Map<String, JsonView> members() {
        Map<String, JsonView> members = new LinkedHashMap<>();
        try (JsonParser parser = parser()) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
        }
        return members;
    }

    /** The elements of an array. */
    List<JsonView> elements() {
        List<JsonView> elements = new ArrayList<>();
        try (JsonParser parser = parser()) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
        }
        return elements;
    }

    private JsonView value(JsonParser parser) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        return new JsonView(source, start + from, start + to);
    }

    /** The characters of a string, the digits of a number. */
    String text() {
        try (JsonParser parser = parser()) {
            parser.nextToken();
            return parser.getString();
        }
    }

    /** The value as it was written. */
    String written() {
        return new String(source, start, end - start, StandardCharsets.UTF_8);
    }

    Json json() {
        return new Json(written());
    }

    private JsonParser parser() {
        return FACTORY.createParser(ObjectReadContext.empty(), source, start, end - start);
    }
}
