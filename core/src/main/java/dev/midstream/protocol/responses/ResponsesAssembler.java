package dev.midstream.protocol.responses;

import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ErrorEnvelope;
import dev.midstream.protocol.ErrorReport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts one plain answer together, the {@code response} object, and writes it at the end: what the
 * stream of the same answer would end with. One that came whole from an upstream of this protocol
 * is written as it came, under the client's id.
 */
final class ResponsesAssembler implements AnswerEncoder {

    private static final ByteSink NOWHERE = (bytes, offset, length) -> {};

    private final Supplier<ResponsesStreamEncoder> fresh;
    private ResponsesStreamEncoder stream;
    private boolean untouched = true;
    private byte @Nullable [] whole;

    ResponsesAssembler(Supplier<ResponsesStreamEncoder> fresh) {
        this.fresh = fresh;
        this.stream = fresh.get();
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public void frame(Frame frame, ByteSink out) {
        boolean body = frame.verbatim() && frame.protocol().equals(ResponsesPlainDecoder.PROTOCOL);
        if (body && untouched) {
            whole = stream.take(frame);
        } else {
            whole = null;
            stream.frame(frame, NOWHERE);
        }
        untouched = false;
    }

    @Override
    public void event(StreamEvent event, ByteSink out) {
        untouched = false;
        stream.event(event, NOWHERE);
    }

    @Override
    public void heartbeat(ByteSink out) {}

    @Override
    public void comment(String text, ByteSink out) {}

    @Override
    public void reset() {
        stream = fresh.get();
        untouched = true;
        whole = null;
    }

    @Override
    public void finish(Usage usage, ByteSink out) {
        byte[] came = whole;
        if (came == null) {
            out.write(stream.end(usage, NOWHERE));
        } else {
            stream.end(came);
            out.write(came);
        }
    }

    @Override
    public void fail(ErrorReport report, ByteSink out) {
        out.write(ErrorEnvelope.write(report));
    }
}
