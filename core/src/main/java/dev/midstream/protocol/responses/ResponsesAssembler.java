package dev.midstream.protocol.responses;

import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ErrorEnvelope;
import dev.midstream.protocol.ErrorReport;
import java.util.function.Supplier;

/**
 * Puts one plain answer together, the {@code response} object, and writes it at the end: what the
 * stream of the same answer would end with.
 */
final class ResponsesAssembler implements AnswerEncoder {

    private static final ByteSink NOWHERE = (bytes, offset, length) -> {};

    private final Supplier<ResponsesStreamEncoder> fresh;
    private ResponsesStreamEncoder stream;

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
        stream.frame(frame, NOWHERE);
    }

    @Override
    public void event(StreamEvent event, ByteSink out) {
        stream.event(event, NOWHERE);
    }

    @Override
    public void heartbeat(ByteSink out) {}

    @Override
    public void comment(String text, ByteSink out) {}

    @Override
    public void reset() {
        stream = fresh.get();
    }

    @Override
    public void finish(Usage usage, ByteSink out) {
        out.write(stream.end(usage, NOWHERE));
    }

    @Override
    public void fail(ErrorReport report, ByteSink out) {
        out.write(ErrorEnvelope.write(report));
    }
}
