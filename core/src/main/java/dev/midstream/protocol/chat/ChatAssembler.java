package dev.midstream.protocol.chat;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ErrorEnvelope;
import dev.midstream.protocol.ErrorReport;
import org.jspecify.annotations.Nullable;

/**
 * Puts one plain answer ({@code chat.completion}) together and writes it at the end. A plain answer
 * that came whole from an upstream of this protocol is written as it came.
 */
final class ChatAssembler implements AnswerEncoder {

    private final ChatIdentity identity;
    private AssembledChoices choices = new AssembledChoices();
    private ChunkExtras extras = new ChunkExtras();
    private @Nullable Frame whole;

    ChatAssembler(ChatIdentity identity) {
        this.identity = identity;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public void frame(Frame frame, ByteSink out) {
        boolean untouched = !identity.known();
        for (int i = 0; i < frame.size(); i++) {
            event(frame.event(i), out);
        }
        if (frame.verbatim() && frame.protocol().equals(ChatBodyDecoder.PROTOCOL)) {
            whole = untouched ? frame.copy() : null;
        } else if (frame.verbatim()
                && frame.extras()
                && frame.protocol().equals(ChatProtocol.NAME)) {
            extras.add(frame);
        }
    }

    @Override
    public void event(StreamEvent event, ByteSink out) {
        whole = null;
        switch (event) {
            case Opened opened -> identity.take(opened);
            case BlockStarted started -> choices.start(started);
            case Delta delta -> choices.delta(delta);
            case StreamEvent.Attached attached -> choices.attach(attached);
            case ChoiceEnded ended -> choices.end(ended);
            case StreamEvent.Restarted restarted -> choices.restart(restarted.block());
            case StreamEvent.Signed signed -> {}
            case StreamEvent.BlockEnded ended -> {}
            case StreamEvent.UsageReported usage -> {}
            case StreamEvent.Terminated terminated -> {}
            case StreamEvent.Pinged pinged -> {}
            case StreamEvent.Malformed malformed -> {}
            case StreamEvent.Failed failed -> {}
        }
    }

    @Override
    public void heartbeat(ByteSink out) {}

    @Override
    public void comment(String text, ByteSink out) {}

    @Override
    public void reset() {
        identity.forget();
        choices = new AssembledChoices();
        extras = new ChunkExtras();
        whole = null;
    }

    @Override
    public void finish(Usage usage, ByteSink out) {
        Frame came = whole;
        if (came != null) {
            int at = came.offset();
            for (int i = 0; i < came.cuts().length; i += 2) {
                out.write(came.bytes(), at, came.cuts()[i] - at);
                at = came.cuts()[i + 1];
            }
            out.write(came.bytes(), at, came.offset() + came.length() - at);
            return;
        }
        out.write(assembled(usage));
    }

    private byte[] assembled(Usage usage) {
        identity.ensure();
        JsonOut json = new JsonOut(new Bytes(4096));
        json.open('{').member("id", identity.id()).member("object", "chat.completion");
        json.member("created", identity.created()).member("model", identity.model());
        json.name("choices");
        choices.write(json, identity, extras);
        if (usage.input() >= 0 || usage.output() >= 0) {
            json.name("usage");
            ChatUsageWriter.write(json, usage);
        }
        extras.writeTop(json);
        return json.close('}').bytes().toByteArray();
    }

    @Override
    public void fail(ErrorReport report, ByteSink out) {
        out.write(ErrorEnvelope.write(report));
    }
}
