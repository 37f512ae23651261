package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.ProviderError;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Decodes a whole response into one frame that says what a stream would have said. Its bytes may go
 * to a client that wants a plain answer; the frame's protocol is {@value #PROTOCOL}, for no stream
 * may hold them.
 *
 * <p><b>Failure</b>: a body above {@value #MOST_BYTES} bytes, or one that is neither a response nor
 * an error; a response that failed, was cancelled or is not finished.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class ResponsesPlainDecoder implements StreamDecoder {

    static final String PROTOCOL = "openai-responses.body";

    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int[] NO_CUTS = {};

    private final Target target;
    private final Bytes body = new Bytes(4096);
    private boolean over;

    ResponsesPlainDecoder(Target target) {
        this.target = target;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, FrameSink sink) {
        if (over) {
            return;
        }
        if (body.length() + length > MOST_BYTES) {
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
        byte[] bytes = body.toByteArray();
        JsonNode root = JsonTree.read(bytes);
        if (bytes.length == 0) {
            fail(new Failure.Truncated("The answer is empty"), sink);
        } else if (root.isMissingNode() && firstByte(bytes) == '{') {
            fail(new Failure.Garbled("The answer is not one JSON object"), sink);
        } else if (JsonTree.text(root, "object").equals("response")
                || root.path("output").isArray()) {
            answer(root, bytes, sink);
        } else {
            refused(bytes, sink);
        }
    }

    private static int firstByte(byte[] bytes) {
        for (byte b : bytes) {
            if (b > ' ' || b < 0) {
                return b;
            }
        }
        return 0;
    }

    private void answer(JsonNode response, byte[] bytes, FrameSink sink) {
        over = true;
        ResponseEvents events = new ResponseEvents(target);
        events.takeWhole(response);
        List<StreamEvent> said = events.events();
        sink.frame(
                said.getLast() instanceof StreamEvent.Failed
                        ? Frame.synthetic(List.of(said.getLast()))
                        : Frame.of(PROTOCOL, said, bytes, 0, bytes.length, NO_CUTS, true));
    }

    private void refused(byte[] bytes, FrameSink sink) {
        ProviderError error = ErrorReader.inBand(bytes, 0, bytes.length);
        if (error == null) {
            error = ErrorReader.words(0, new String(bytes, StandardCharsets.UTF_8));
        }
        fail(new Failure.Refused(error, true), sink);
    }

    private void fail(Failure failure, FrameSink sink) {
        over = true;
        sink.frame(Frame.synthetic(List.of(new StreamEvent.Failed(failure))));
    }
}
