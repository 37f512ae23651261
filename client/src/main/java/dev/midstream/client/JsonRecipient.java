package dev.midstream.client;

import dev.midstream.model.Frame;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Hands an answer over in a protocol's own JSON: event by event, or as one document. */
final class JsonRecipient extends Recipient<JsonEvent> {

    private final AnswerEncoder encoder;
    private final boolean streamed;
    private final JsonEvents events = new JsonEvents(this::deliver);
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();
    private final ByteSink sink;

    JsonRecipient(
            Request request, AnswerEncoder encoder, Receiver<JsonEvent> receiver, CallHooks hooks) {
        super(request, receiver, hooks);
        this.encoder = encoder;
        this.streamed = request.stream();
        this.sink = streamed ? events : document::write;
    }

    @Override
    public void frame(Frame frame) {
        encoder.frame(frame, sink);
        for (int i = 0; i < frame.size(); i++) {
            account(frame.event(i));
        }
    }

    @Override
    public void event(StreamEvent event) {
        encoder.event(event, sink);
        account(event);
    }

    @Override
    public void reset() {
        super.reset();
        encoder.reset();
        document.reset();
    }

    @Override
    void end(Usage usage) {
        encoder.finish(usage, sink);
        if (!streamed) {
            deliver(new JsonEvent("", document.toString(StandardCharsets.UTF_8)));
        }
    }
}
