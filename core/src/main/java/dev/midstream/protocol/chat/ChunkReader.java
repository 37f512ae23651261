package dev.midstream.protocol.chat;

import dev.midstream.json.EventParsers;
import dev.midstream.model.Json;
import dev.midstream.protocol.chat.Chunk.CallDelta;
import dev.midstream.protocol.chat.Chunk.ChoiceDelta;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.async.ByteArrayFeeder;

/**
 * Reads the JSON of one event after the other with one parser, which costs next to nothing, where a
 * parser an event would cost 816 bytes.
 *
 * <p>The parser remembers names: it is replaced now and then, so that a stream of ever new names
 * cannot fill the memory.
 */
final class ChunkReader {

    private static final EventParsers PARSERS =
            new EventParsers(
                    "id",
                    "object",
                    "created",
                    "model",
                    "service_tier",
                    "system_fingerprint",
                    "choices",
                    "index",
                    "delta",
                    "message",
                    "role",
                    "content",
                    "refusal",
                    "annotations",
                    "reasoning",
                    "reasoning_content",
                    "reasoning_details",
                    "tool_calls",
                    "type",
                    "function",
                    "name",
                    "arguments",
                    "text",
                    "logprobs",
                    "finish_reason",
                    "native_finish_reason",
                    "provider",
                    "obfuscation",
                    "usage",
                    "prompt_tokens",
                    "completion_tokens",
                    "total_tokens",
                    "prompt_tokens_details",
                    "completion_tokens_details",
                    "cached_tokens",
                    "audio_tokens",
                    "reasoning_tokens",
                    "accepted_prediction_tokens",
                    "rejected_prediction_tokens");
    private static final int EVENTS_A_PARSER = 4096;
    private static final int NAMES_RANK = 3;

    private final String body;
    private final RecurringValues recurring = new RecurringValues();
    private JsonParser parser;
    private ByteArrayFeeder feeder;
    private int events;
    private byte[] bytes = {};
    private long fedBefore;
    private int offset;
    private int limit;

    /**
     * @param body the member of a choice that says something: {@code delta} in chunks, {@code
     *     message} in plain answers (some providers put both into a chunk)
     */
    ChunkReader(String body) {
        this.body = body;
        parser = PARSERS.parser();
        feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
    }

    private void renew() {
        parser = PARSERS.parser();
        feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
        events = 0;
        fedBefore = 0;
    }

    /**
     * Reads one event.
     *
     * @return false if it is not one whole JSON object of the expected shape
     */
    boolean read(byte[] source, int from, int length, boolean identity, Chunk chunk) {
        chunk.clear();
        if (++events > EVENTS_A_PARSER) {
            renew();
        }
        bytes = source;
        offset = from;
        limit = from + length;
        boolean whole = false;
        try {
            feeder.feedInput(source, from, from + length);
            whole = parser.nextToken() == JsonToken.START_OBJECT;
            if (whole) {
                members(chunk, identity);
                whole = parser.nextToken() == JsonToken.NOT_AVAILABLE;
            }
        } catch (JacksonException | Incomplete broken) {
            whole = false;
        }
        fedBefore += length;
        if (!whole) {
            renew();
        }
        return whole;
    }

    /** The event ended before its JSON did. */
    private static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1;

        Incomplete() {
            super(null, null, false, false);
        }
    }

    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.NOT_AVAILABLE || token == null) {
            throw new Incomplete();
        }
        return token;
    }

    /**
     * The name of the next member of the object being read, with the parser on its value; null at
     * the object's end.
     */
    private @Nullable String nextMember() {
        if (next() != JsonToken.PROPERTY_NAME) {
            return null;
        }
        String name = parser.currentName();
        next();
        return name;
    }

    private void members(Chunk chunk, boolean identity) {
        String name;
        while ((name = nextMember()) != null) {
            switch (name) {
                case "choices" -> choices(chunk);
                case "id" -> chunk.id = identity ? text() : chunk.id;
                case "model" -> chunk.model = identity ? text() : chunk.model;
                case "created" -> chunk.created = identity ? parser.getValueAsLong(0) : 0;
                case "object", "obfuscation" -> parser.skipChildren();
                case "usage" -> chunk.usage = UsageReader.read(parser, this::nextMember);
                case "error" -> error(chunk);
                case "x_groq" -> groq(chunk);
                default -> chunk.extras |= unknown(name);
            }
        }
    }

    private String text() {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
    }

    private @Nullable String optionalText() {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return null;
    }

    /** Skips a member that we do not know; whether it says something new. */
    private boolean unknown(String name) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return false;
        }
        if (token.isScalarValue()) {
            return recurring.isNew(name, parser);
        }
        boolean array = token == JsonToken.START_ARRAY;
        long before = parser.currentTokenCount();
        parser.skipChildren();
        return !array || parser.currentTokenCount() > before + 1;
    }

    private void error(Chunk chunk) {
        switch (parser.currentToken()) {
            case VALUE_NULL, VALUE_FALSE -> chunk.emptyError = true;
            case VALUE_STRING -> {
                boolean empty = parser.getStringLength() == 0;
                chunk.emptyError |= empty;
                chunk.error |= !empty;
            }
            default -> {
                parser.skipChildren();
                chunk.error = true;
            }
        }
    }

    private void groq(Chunk chunk) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        String name;
        while ((name = nextMember()) != null) {
            chunk.error |= name.equals("error") && parser.currentToken() != JsonToken.VALUE_NULL;
            parser.skipChildren();
        }
    }

    private void choices(Chunk chunk) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        chunk.hasChoices = true;
        while (next() == JsonToken.START_OBJECT) {
            choice(chunk, chunk.addChoice());
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw new Incomplete();
        }
    }

    private void choice(Chunk chunk, ChoiceDelta choice) {
        String name;
        while ((name = nextMember()) != null) {
            switch (name) {
                case "index" -> {
                    choice.index = parser.getValueAsInt(0);
                    choice.indexed = true;
                }
                case "finish_reason" -> finish(choice);
                case "error" -> {
                    chunk.error |= parser.currentToken() != JsonToken.VALUE_NULL;
                    parser.skipChildren();
                }
                default -> {
                    if (name.equals(body)) {
                        choice.forget();
                        choice.bodied = delta(chunk, choice);
                    } else if (name.equals("message") && !choice.bodied) {
                        choice.messaged = delta(chunk, choice);
                    } else {
                        chunk.extras |= unknown(name);
                    }
                }
            }
        }
    }

    /** Some proxies write the text {@code null} where they mean null. */
    private void finish(ChoiceDelta choice) {
        String word = optionalText();
        if (word == null || !word.isEmpty() && !word.equals("null")) {
            choice.finish = word;
        } else {
            choice.emptyFinish = place();
        }
    }

    /** Where the member stands whose text the parser is on. */
    private int[] place() {
        return MemberCuts.around(bytes, position(parser.currentLocation().getByteOffset()), limit);
    }

    private void role(ChoiceDelta choice) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            choice.role = place();
        } else {
            parser.skipChildren();
        }
    }

    private boolean delta(Chunk chunk, ChoiceDelta choice) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return false;
        }
        String name;
        while ((name = nextMember()) != null) {
            switch (name) {
                case "role" -> role(choice);
                case "content" -> content(chunk, choice);
                case "refusal" -> choice.refusal = optionalText();
                case "reasoning_content" -> choice.reason(NAMES_RANK, optionalText());
                case "reasoning" -> choice.reason(2, optionalText());
                case "reasoning_details" -> reasoningDetails(chunk, choice);
                case "tool_calls" -> calls(choice);
                case "function_call" -> functionCall(choice);
                case "audio" -> choice.audio = raw();
                default -> chunk.extras |= unknown(name);
            }
        }
        return true;
    }

    /** A text, or (Mistral) an array of parts: texts, and reasoning as {@code thinking}. */
    private void content(Chunk chunk, ChoiceDelta choice) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            choice.content = optionalText();
            return;
        }
        choice.parts = true;
        PartTexts texts = new PartTexts();
        JsonToken token;
        while ((token = next()) != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                part(texts, false);
            } else {
                parser.skipChildren();
            }
        }
        chunk.extras |= texts.unknown;
        choice.content = texts.text.toString();
        choice.reason(NAMES_RANK, texts.reasoning.toString());
    }

    private static final class PartTexts {
        final StringBuilder text = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();
        boolean unknown;
    }

    private void part(PartTexts texts, boolean reasoning) {
        String name;
        while ((name = nextMember()) != null) {
            switch (name) {
                case "text" -> (reasoning ? texts.reasoning : texts.text).append(text());
                case "thinking" -> thinking(texts);
                case "type", "closed" -> parser.skipChildren();
                default -> {
                    texts.unknown = true;
                    parser.skipChildren();
                }
            }
        }
    }

    private void thinking(PartTexts texts) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            texts.reasoning.append(parser.getString());
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (next() == JsonToken.START_OBJECT) {
                part(texts, true);
            }
        } else {
            parser.skipChildren();
        }
    }

    /**
     * OpenRouter's typed list, told besides {@code reasoning}: signatures and encrypted data are
     * for itself only.
     */
    private void reasoningDetails(Chunk chunk, ChoiceDelta choice) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        StringBuilder text = new StringBuilder();
        while (next() == JsonToken.START_OBJECT) {
            chunk.extras = true;
            String name;
            while ((name = nextMember()) != null) {
                if (name.equals("text") || name.equals("summary")) {
                    text.append(text());
                }
                parser.skipChildren();
            }
        }
        choice.reason(1, text.toString());
    }

    private void calls(ChoiceDelta choice) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (next() == JsonToken.START_OBJECT) {
            CallDelta call = new CallDelta();
            choice.calls.add(call);
            call(call);
        }
    }

    private void call(CallDelta call) {
        String name;
        while ((name = nextMember()) != null) {
            switch (name) {
                case "index" -> call.index = parser.getValueAsInt(-1);
                case "id" -> call.id = text();
                case "type" -> {
                    call.typed = !text().isEmpty();
                    call.custom |= text().equals("custom");
                }
                case "function" -> callBody(call);
                case "custom" -> {
                    call.custom = true;
                    callBody(call);
                }
                default -> furtherOfCall(call, name);
            }
        }
    }

    private void furtherOfCall(CallDelta call, String name) {
        Json value = raw();
        if (value != null && name.equals("extra_content")) {
            call.extra = new Json("{\"extra_content\":" + value.text() + "}");
        }
    }

    private void callBody(CallDelta call) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        String name;
        while ((name = nextMember()) != null) {
            switch (name) {
                case "name" -> call.name = text();
                case "arguments", "input" -> arguments(call);
                default -> parser.skipChildren();
            }
        }
    }

    private void arguments(CallDelta call) {
        switch (parser.currentToken()) {
            case VALUE_STRING -> call.arguments = parser.getString();
            case START_OBJECT -> {
                call.structured = true;
                Json value = raw();
                call.arguments = value == null ? "" : value.text();
            }
            default -> parser.skipChildren();
        }
    }

    private void functionCall(ChoiceDelta choice) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            CallDelta call = new CallDelta();
            call.legacy = true;
            call.index = 0;
            choice.calls.add(call);
            callBody(call);
        }
    }

    /** The object or array that the parser is on, as it was written; null for anything else. */
    private @Nullable Json raw() {
        if (!parser.currentToken().isStructStart()) {
            return null;
        }
        int start = position(parser.currentLocation().getByteOffset()) - 1;
        parser.skipChildren();
        int end = position(parser.currentLocation().getByteOffset());
        return new Json(new String(bytes, start, end - start, StandardCharsets.UTF_8));
    }

    private int position(long inAllFed) {
        return offset + (int) (inAllFed - fedBefore);
    }
}
