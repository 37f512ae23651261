package dev.midstream.protocol.responses;

import dev.midstream.json.EventParsers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON of one stream event after the other by one parser that is fed them all: what every
 * event has and what a delta says, into fields, without a tree. What only some events hold is in
 * {@link #tree}, read on demand.
 *
 * <p>The parser remembers names: it is replaced now and then, so that a stream of ever new names
 * cannot fill the memory.
 *
 * <p><b>Failure</b>: {@link #read} says that the event is not one JSON object; the next one is read
 * all the same.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class EventReader {

    static final String TEXT_DELTA = "response.output_text.delta";

    private static final EventParsers PARSERS =
            new EventParsers(
                    "type",
                    "sequence_number",
                    "output_index",
                    "content_index",
                    "summary_index",
                    "item_id",
                    "delta",
                    "logprobs",
                    "obfuscation",
                    "response",
                    "item",
                    "part",
                    "text",
                    "annotations",
                    "arguments",
                    "error");
    private static final int EVENTS_A_PARSER = 4096;
    private static final int NONE = -1;

    /** The types that come often: found without making a new text of them. */
    private static final String[] TYPES = {
        TEXT_DELTA,
        "response.function_call_arguments.delta",
        "response.reasoning_summary_text.delta",
        "response.reasoning_text.delta",
        "response.custom_tool_call_input.delta",
        "keepalive"
    };

    private JsonParser parser = PARSERS.parser();
    private int events;
    private byte[] source = {};
    private int start;
    private int length;
    private @Nullable JsonNode tree;

    String type = "";
    long sequence;
    int outputIndex;
    int contentIndex;
    int summaryIndex;
    String delta = "";
    boolean hasError;

    /** Whether a delta holds something beside its text: log probabilities. */
    boolean extras;

    /** Reads one event; false if it is not exactly one JSON object. */
    boolean read(byte[] bytes, int offset, int count) {
        clear();
        source = bytes;
        start = offset;
        length = count;
        if (++events > EVENTS_A_PARSER) {
            renew();
        }
        try {
            ((ByteArrayFeeder) parser.nonBlockingInputFeeder())
                    .feedInput(bytes, offset, offset + count);
            if (parser.nextToken() == JsonToken.START_OBJECT
                    && members()
                    && parser.nextToken() == JsonToken.NOT_AVAILABLE) {
                return true;
            }
        } catch (JacksonException notJson) {
            // answered below
        }
        renew();
        return false;
    }

    private void renew() {
        parser = PARSERS.parser();
        events = 0;
    }

    private boolean members() {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_OBJECT) {
                return true;
            }
            if (token != JsonToken.PROPERTY_NAME) {
                return false;
            }
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == null || value == JsonToken.NOT_AVAILABLE) {
                return false;
            }
            member(name, value);
        }
    }

    private void member(String name, JsonToken value) {
        switch (name) {
            case "type" -> type = type(value);
            case "sequence_number" -> sequence = number(value, Long.MAX_VALUE);
            case "output_index" -> outputIndex = index(value);
            case "content_index" -> contentIndex = index(value);
            case "summary_index" -> summaryIndex = index(value);
            case "delta" -> delta = value == JsonToken.VALUE_STRING ? parser.getString() : "";
            case "error" -> hasError = value != JsonToken.VALUE_NULL;
            case "logprobs" -> {
                if (value == JsonToken.START_ARRAY) {
                    logprobs();
                    return;
                }
            }
            default -> {}
        }
        parser.skipChildren();
    }

    private void logprobs() {
        JsonToken token = parser.nextToken();
        extras = token != JsonToken.END_ARRAY;
        while (token != JsonToken.END_ARRAY && token != JsonToken.NOT_AVAILABLE) {
            parser.skipChildren();
            token = parser.nextToken();
        }
    }

    private String type(JsonToken value) {
        if (value != JsonToken.VALUE_STRING) {
            return "";
        }
        char[] chars = parser.getStringCharacters();
        int from = parser.getStringOffset();
        int count = parser.getStringLength();
        for (String known : TYPES) {
            if (is(known, chars, from, count)) {
                return known;
            }
        }
        return parser.getString();
    }

    private static boolean is(String word, char[] chars, int from, int count) {
        if (word.length() != count) {
            return false;
        }
        for (int i = count - 1; i >= 0; i--) {
            if (word.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }

    private int index(JsonToken value) {
        return (int) number(value, Integer.MAX_VALUE);
    }

    /** A whole number from 0 on, {@code -1} for anything else. */
    private long number(JsonToken value, long most) {
        if (value != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return NONE;
        }
        long number = parser.getLongValue();
        return number < 0 || number > most ? NONE : number;
    }

    /** The whole event; only while its bytes are valid. */
    JsonNode tree() {
        JsonNode whole = tree;
        if (whole == null) {
            whole = JsonTree.read(Arrays.copyOfRange(source, start, start + length));
            tree = whole;
        }
        return whole;
    }

    private void clear() {
        type = "";
        sequence = NONE;
        outputIndex = NONE;
        contentIndex = NONE;
        summaryIndex = NONE;
        delta = "";
        hasError = false;
        extras = false;
        tree = null;
    }
}
