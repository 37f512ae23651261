package dev.midstream.protocol.embeddings;

import dev.midstream.json.Bytes;
import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.ProviderError;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Proves that an answer is one: a JSON object to its end, whose {@code data} holds at least one
 * vector. Event-loop confined.
 */
final class EmbeddingsDecoder implements StreamDecoder {

    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Bytes body = new Bytes(16 * 1024);
    private String model = "";
    private int input = Usage.UNKNOWN;
    private int vectors;
    private boolean over;

    @Override
    public void feed(byte[] bytes, int offset, int length, FrameSink sink) {
        if (over) {
            return;
        }
        if (body.length() + (long) length > MOST_BYTES) {
            fail(new Failure.Garbled("The answer is longer than " + MOST_BYTES + " bytes"), sink);
            return;
        }
        body.write(bytes, offset, length);
    }

    @Override
    public void end(FrameSink sink) {
        if (over) {
            return;
        }
        if (body.length() == 0) {
            fail(new Failure.Truncated("The answer is empty"), sink);
        } else if (!readWhole()) {
            ProviderError error = ErrorReader.inBand(body.array(), 0, body.length());
            fail(error != null ? new Failure.Refused(error, true) : notOne(), sink);
        } else if (vectors == 0) {
            fail(new Failure.Refused(error(), true), sink);
        } else {
            over = true;
            sink.frame(
                    Frame.of(
                            EmbeddingsProtocol.NAME,
                            events(),
                            body.array(),
                            0,
                            body.length(),
                            new int[0],
                            true));
        }
    }

    private static Failure notOne() {
        return new Failure.Garbled("The answer is not one JSON object");
    }

    private ProviderError error() {
        ProviderError error = ErrorReader.inBand(body.array(), 0, body.length());
        return error != null
                ? error
                : ErrorReader.words(
                        0, new String(body.array(), 0, body.length(), StandardCharsets.UTF_8));
    }

    private List<StreamEvent> events() {
        return List.of(
                new StreamEvent.Opened("", model, 0),
                StreamEvent.BlockStarted.of(0, 0, BlockKind.OPAQUE),
                new StreamEvent.BlockEnded(0),
                new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null),
                new StreamEvent.UsageReported(
                        input == Usage.UNKNOWN ? Usage.NONE : Usage.of(input, 0)),
                new StreamEvent.Terminated());
    }

    /** Whether it is one JSON object to its end. */
    private boolean readWhole() {
        try (JsonParser parser =
                FACTORY.createParser(ObjectReadContext.empty(), body.array(), 0, body.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                member(name, parser);
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private void member(String name, JsonParser parser) {
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        if (name.equals("data") && array) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                vectors += parser.currentToken() == JsonToken.START_OBJECT ? 1 : 0;
                parser.skipChildren();
            }
        } else if (name.equals("usage") && object) {
            usage(parser);
        } else if (name.equals("model") && parser.currentToken() == JsonToken.VALUE_STRING) {
            model = parser.getString();
        } else {
            parser.skipChildren();
        }
    }

    private void usage(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean prompt = parser.currentName().equals("prompt_tokens");
            if (prompt && parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                input = Math.clamp(parser.getValueAsLong(0), 0, Integer.MAX_VALUE);
            } else {
                if (!prompt) {
                    parser.nextToken();
                }
                parser.skipChildren();
            }
        }
    }

    private void fail(Failure failure, FrameSink sink) {
        over = true;
        sink.frame(Frame.synthetic(List.of(new StreamEvent.Failed(failure))));
    }
}
