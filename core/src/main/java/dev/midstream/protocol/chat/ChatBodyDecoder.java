package dev.midstream.protocol.chat;

import dev.midstream.json.Bytes;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.ProviderError;
import dev.midstream.model.StreamEvent;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes a plain answer ({@code chat.completion}) into one frame that says what a stream would
 * have said. Its bytes may go to a client that wants a plain answer; the frame's protocol is
 * {@value #PROTOCOL}, for no stream may hold them.
 */
final class ChatBodyDecoder implements StreamDecoder {

    static final String PROTOCOL = "openai-chat.body";

    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final Bytes body = new Bytes(4096);
    private boolean over;

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
        switch (firstByte()) {
            case 0 -> fail(new Failure.Truncated("The answer is empty"), sink);
            case '{' -> object(sink);
            default -> error(sink);
        }
    }

    private int firstByte() {
        for (int i = 0; i < body.length(); i++) {
            if (body.array()[i] > ' ' || body.array()[i] < 0) {
                return body.array()[i];
            }
        }
        return 0;
    }

    private void object(FrameSink sink) {
        Chunk chunk = new Chunk();
        if (!new ChunkReader("message").read(body.array(), 0, body.length(), true, chunk)) {
            fail(new Failure.Garbled("The answer is not one JSON object"), sink);
        } else if (chunk.error || chunk.choices() == 0) {
            error(sink);
        } else {
            answer(chunk, sink);
        }
    }

    private void answer(Chunk chunk, FrameSink sink) {
        ChunkEvents events = new ChunkEvents(true);
        events.take(chunk);
        Failure failure = events.failure();
        if (failure != null) {
            fail(failure, sink);
            return;
        }
        over = true;
        List<StreamEvent> all = new ArrayList<>(events.events());
        all.add(new StreamEvent.Terminated());
        int[] cuts =
                chunk.emptyError
                        ? MemberCuts.of(body.array(), 0, body.length(), false)
                        : MemberCuts.NONE;
        sink.frame(
                events.verbatim()
                        ? Frame.of(PROTOCOL, all, body.array(), 0, body.length(), cuts, true)
                        : Frame.synthetic(all));
    }

    private void error(FrameSink sink) {
        ProviderError error = ErrorReader.inBand(body.array(), 0, body.length());
        if (error == null) {
            String words = new String(body.array(), 0, body.length(), StandardCharsets.UTF_8);
            error = ErrorReader.words(0, words);
        }
        fail(new Failure.Refused(error, true), sink);
    }

    private void fail(Failure failure, FrameSink sink) {
        over = true;
        sink.frame(Frame.synthetic(List.of(new StreamEvent.Failed(failure))));
    }
}
