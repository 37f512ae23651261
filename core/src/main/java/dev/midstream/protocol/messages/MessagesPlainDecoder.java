package dev.midstream.protocol.messages;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.ProviderError;
import dev.midstream.model.StreamEvent;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.StreamDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Decodes a plain answer: everything at the end of the input, in one frame whose bytes may go to a
 * client that wants a plain answer. A message that was cut says nothing.
 *
 * <p><b>Failure</b>: a body above {@value #MOST_BYTES} bytes, or one that is neither a message nor
 * an error.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class MessagesPlainDecoder implements StreamDecoder {

    /** No stream may hold the bytes of a plain answer. */
    static final String PROTOCOL = MessagesProtocol.NAME + ".body";

    private static final int[] NO_CUTS = {};
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean over;

    @Override
    public void feed(byte[] bytes, int offset, int length, FrameSink sink) {
        if (over) {
            return;
        }
        if (body.size() + length > MOST_BYTES) {
            body.reset();
            fail(
                    new Failure.Garbled(
                            "The upstream's answer is longer than " + MOST_BYTES + " bytes"),
                    sink);
            return;
        }
        body.write(bytes, offset, length);
    }

    @Override
    public void end(FrameSink sink) {
        if (over || body.size() == 0) {
            return;
        }
        byte[] bytes = body.toByteArray();
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        String object = text.startsWith("[") ? JsonText.firstElement(text) : text;
        if (JsonText.isObject(text) && "message".equals(JsonText.scalar(text, "type"))) {
            over = true;
            List<StreamEvent> said = new WholeMessage(text).said();
            sink.frame(Frame.of(PROTOCOL, said, bytes, 0, bytes.length, NO_CUTS, true));
        } else if (JsonText.raw(object, "error") != null) {
            ProviderError error = ErrorReader.inBand(bytes, 0, bytes.length);
            fail(
                    error == null
                            ? new Failure.Garbled("The upstream's error is not valid JSON")
                            : new Failure.Refused(error, true),
                    sink);
        } else if (JsonText.isObject(text) || !text.startsWith("{")) {
            String words = ErrorReader.words(0, text).message();
            fail(new Failure.Garbled("The upstream's answer is no message: " + words), sink);
        }
    }

    private void fail(Failure failure, FrameSink sink) {
        over = true;
        sink.frame(Frame.synthetic(List.of(new StreamEvent.Failed(failure))));
    }
}
