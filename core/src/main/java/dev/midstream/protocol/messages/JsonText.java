package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON text that is passed on as it was written: what it is, and what stands in it. Stateless,
 * thread-safe.
 */
final class JsonText {

    static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** Whether the text is exactly one JSON object. */
    static boolean isObject(String text) {
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false;
        }
    }

    /** Whether the text is an object with this member; false for anything else. */
    static boolean has(String text, String member) {
        try (JsonParser parser = parser(text)) {
            return seek(parser, member);
        } catch (JacksonException notJson) {
            return false;
        }
    }

    /** A string, number or boolean member of an object as text, null where there is none. */
    static @Nullable String scalar(String text, String member) {
        try (JsonParser parser = parser(text)) {
            return seek(parser, member) && parser.currentToken().isScalarValue()
                    ? parser.getString()
                    : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    /** A member of an object as it was written, null where there is none or it is null. */
    static @Nullable Json raw(String text, String member) {
        try (JsonParser parser = parser(text)) {
            if (!seek(parser, member) || parser.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            return new Json(value(text, parser));
        } catch (JacksonException notJson) {
            return null;
        }
    }

    /** The elements of an array as they were written; none for anything else. */
    static List<String> elements(String text) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return elements;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(text, parser));
            }
        } catch (JacksonException notJson) {
            return List.of();
        }
        return elements;
    }

    /** The first element of an array as it was written, empty if there is none. */
    static String firstElement(String text) {
        List<String> elements = elements(text);
        return elements.isEmpty() ? "" : elements.getFirst();
    }

    /** The text of the value that begins at the current token. */
    private static String value(String text, JsonParser parser) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.getString();
        }
        return text.substring(start, (int) parser.currentLocation().getCharOffset()).strip();
    }

    /** The value of a JSON string; other JSON as it is. */
    static String unquoted(String json) {
        try (JsonParser parser = parser(json)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : json;
        } catch (JacksonException notJson) {
            return json;
        }
    }

    /** An object of one string member. */
    static String object(String member, String value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = generator(text)) {
            json.writeStartObject();
            json.writeStringProperty(member, value);
            json.writeEndObject();
        }
        return text.toString();
    }

    static JsonParser parser(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    static JsonGenerator generator(StringWriter text) {
        return JSON.createGenerator(ObjectWriteContext.empty(), text);
    }

    private static boolean seek(JsonParser parser, String member) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (name.equals(member)) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
