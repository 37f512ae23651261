package dev.midstream.protocol.embeddings;

import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ErrorEnvelope;
import dev.midstream.protocol.ErrorReport;
import org.jspecify.annotations.Nullable;

/** Hands one answer's document on as it came. Event-loop confined. */
final class EmbeddingsAnswer implements AnswerEncoder {

    private @Nullable Frame document;

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public void frame(Frame frame, ByteSink out) {
        if (frame.verbatim()) {
            document = frame.copy();
        }
    }

    @Override
    public void event(StreamEvent event, ByteSink out) {}

    @Override
    public void heartbeat(ByteSink out) {}

    @Override
    public void comment(String text, ByteSink out) {}

    @Override
    public void reset() {
        document = null;
    }

    @Override
    public void finish(Usage usage, ByteSink out) {
        Frame came = document;
        if (came == null) {
            throw new IllegalStateException("an answer was finished that never came");
        }
        out.write(came.bytes(), came.offset(), came.length());
    }

    @Override
    public void fail(ErrorReport report, ByteSink out) {
        out.write(ErrorEnvelope.write(report));
    }
}
