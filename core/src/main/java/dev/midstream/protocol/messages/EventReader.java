package dev.midstream.protocol.messages;

import dev.midstream.json.EventParsers;
import dev.midstream.model.Usage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.async.ByteArrayFeeder;

/**
 * Reads the JSON of one stream event after the other, without a tree, by one parser that is fed
 * them all: a parser an event would cost more than the event. What was read last stands in the
 * fields.
 *
 * <p><b>Failure</b>: {@link #read} says that the event is not one JSON object; the next one is read
 * all the same.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class EventReader {

    private static final EventParsers PARSERS =
            new EventParsers(
                    "type",
                    "message",
                    "id",
                    "role",
                    "model",
                    "content",
                    "stop_reason",
                    "stop_sequence",
                    "stop_details",
                    "usage",
                    "input_tokens",
                    "output_tokens",
                    "cache_read_input_tokens",
                    "cache_creation_input_tokens",
                    "cache_creation",
                    "ephemeral_5m_input_tokens",
                    "ephemeral_1h_input_tokens",
                    "output_tokens_details",
                    "service_tier",
                    "index",
                    "content_block",
                    "text",
                    "thinking",
                    "signature",
                    "name",
                    "input",
                    "caller",
                    "delta",
                    "partial_json",
                    "context_management",
                    "error");

    /** The words that come with every event: found without making a new text of them. */
    private static final String[] WORDS = {
        "content_block_delta",
        "text_delta",
        "input_json_delta",
        "thinking_delta",
        "content_block_start",
        "content_block_stop",
        "signature_delta",
        "message_delta",
        "message_start",
        "message_stop",
        "ping"
    };

    private JsonParser parser = PARSERS.parser();
    private byte[] source = {};
    private int sourceStart;
    private int sourceLength;

    String type = "";
    int index;
    boolean hasError;

    String deltaType = "";
    String deltaText = "";
    @Nullable String signature;
    @Nullable String stopReason;
    @Nullable String stopSequence;

    String blockType = "";
    String blockId = "";
    String blockName = "";
    boolean blockInput;

    String messageId = "";
    String model = "";

    int inputTokens;
    int outputTokens;
    int cacheRead;
    int cacheWrite;
    int thinkingTokens;

    /** Whether the event held members that none of these fields stands for. */
    boolean extras;

    private enum Scope {
        EVENT,
        DELTA,
        BLOCK,
        MESSAGE,
        USAGE,
        DETAILS,
        INPUT
    }

    /** Reads one event; false if it is not exactly one JSON object. */
    boolean read(byte[] bytes, int offset, int length) {
        clear();
        source = bytes;
        sourceStart = offset;
        sourceLength = length;
        try {
            ((ByteArrayFeeder) parser.nonBlockingInputFeeder())
                    .feedInput(bytes, offset, offset + length);
            boolean whole =
                    parser.nextToken() == JsonToken.START_OBJECT
                            && object(Scope.EVENT)
                            && parser.nextToken() == JsonToken.NOT_AVAILABLE;
            if (whole) {
                return true;
            }
        } catch (JacksonException notJson) {
            // answered below
        }
        parser = PARSERS.parser();
        return false;
    }

    /** The event as it was written, for what is carried so; only while its bytes are valid. */
    String text() {
        return new String(source, sourceStart, sourceLength, StandardCharsets.UTF_8);
    }

    private boolean object(Scope scope) {
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
            if (value == null || value == JsonToken.NOT_AVAILABLE || !member(scope, name, value)) {
                return false;
            }
        }
    }

    private boolean member(Scope scope, String name, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return true;
        }
        return switch (scope) {
            case EVENT -> eventMember(name, value);
            case DELTA -> deltaMember(name, value);
            case BLOCK -> blockMember(name, value);
            case MESSAGE -> messageMember(name, value);
            case USAGE -> usageMember(name, value);
            case DETAILS -> detailsMember(name, value);
            case INPUT -> {
                blockInput = true;
                yield skip();
            }
        };
    }

    private boolean eventMember(String name, JsonToken value) {
        switch (name) {
            case "type" -> type = word(value);
            case "index" -> index = number(value);
            case "delta" -> {
                return inner(Scope.DELTA, value);
            }
            case "content_block" -> {
                return inner(Scope.BLOCK, value);
            }
            case "message" -> {
                return inner(Scope.MESSAGE, value);
            }
            case "usage" -> {
                return inner(Scope.USAGE, value);
            }
            case "error" -> {
                hasError = true;
                return skip();
            }
            default -> {
                return extra();
            }
        }
        return skip();
    }

    private boolean deltaMember(String name, JsonToken value) {
        switch (name) {
            case "type" -> deltaType = word(value);
            case "text", "thinking", "partial_json" -> deltaText = text(value);
            case "signature" -> signature = text(value);
            case "stop_reason" -> stopReason = text(value);
            case "stop_sequence" -> stopSequence = text(value);
            default -> {
                return extra();
            }
        }
        return skip();
    }

    private boolean blockMember(String name, JsonToken value) {
        switch (name) {
            case "type" -> blockType = text(value);
            case "id" -> blockId = text(value);
            case "name" -> blockName = text(value);
            case "text", "thinking" -> deltaText = text(value);
            case "signature" -> signature = text(value);
            case "input" -> {
                return inner(Scope.INPUT, value);
            }
            default -> {
                return extra();
            }
        }
        return skip();
    }

    private boolean messageMember(String name, JsonToken value) {
        switch (name) {
            case "id" -> messageId = text(value);
            case "model" -> model = text(value);
            case "usage" -> {
                return inner(Scope.USAGE, value);
            }
            case "type", "role", "content" -> {}
            default -> {
                return extra();
            }
        }
        return skip();
    }

    private boolean usageMember(String name, JsonToken value) {
        switch (name) {
            case "input_tokens" -> inputTokens = number(value);
            case "output_tokens" -> outputTokens = number(value);
            case "cache_read_input_tokens" -> cacheRead = number(value);
            case "cache_creation_input_tokens" -> cacheWrite = number(value);
            case "output_tokens_details" -> {
                return inner(Scope.DETAILS, value);
            }
            default -> {
                return extra();
            }
        }
        return skip();
    }

    private boolean detailsMember(String name, JsonToken value) {
        if (name.equals("thinking_tokens")) {
            thinkingTokens = number(value);
            return skip();
        }
        return extra();
    }

    private boolean inner(Scope scope, JsonToken value) {
        return value == JsonToken.START_OBJECT ? object(scope) : skip();
    }

    private boolean extra() {
        extras = true;
        return skip();
    }

    private boolean skip() {
        parser.skipChildren();
        return true;
    }

    private String text(JsonToken value) {
        return value == JsonToken.VALUE_STRING ? parser.getString() : "";
    }

    private String word(JsonToken value) {
        if (value != JsonToken.VALUE_STRING) {
            return "";
        }
        char[] chars = parser.getStringCharacters();
        int start = parser.getStringOffset();
        int length = parser.getStringLength();
        for (String word : WORDS) {
            if (is(word, chars, start, length)) {
                return word;
            }
        }
        return parser.getString();
    }

    private static boolean is(String word, char[] chars, int start, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != chars[start + i]) {
                return false;
            }
        }
        return true;
    }

    private int number(JsonToken value) {
        return value == JsonToken.VALUE_NUMBER_INT
                ? Math.max(Usage.UNKNOWN, parser.getIntValue())
                : Usage.UNKNOWN;
    }

    private void clear() {
        type = "";
        index = Usage.UNKNOWN;
        hasError = false;
        deltaType = "";
        deltaText = "";
        signature = null;
        stopReason = null;
        stopSequence = null;
        blockType = "";
        blockId = "";
        blockName = "";
        blockInput = false;
        messageId = "";
        model = "";
        inputTokens = Usage.UNKNOWN;
        outputTokens = Usage.UNKNOWN;
        cacheRead = Usage.UNKNOWN;
        cacheWrite = Usage.UNKNOWN;
        thinkingTokens = Usage.UNKNOWN;
        extras = false;
    }
}
