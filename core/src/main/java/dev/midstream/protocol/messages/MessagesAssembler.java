package dev.midstream.protocol.messages;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ErrorReport;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Puts one plain answer ({@code message}) together and writes it at the end. One that came whole
 * from an upstream of this protocol is written as it came; of a stream of this protocol's, what its
 * first and last events say besides is kept, as the SDKs' accumulators do it.
 */
final class MessagesAssembler implements AnswerEncoder {

    private final MessageIdentity identity;
    private AssembledBlocks blocks;
    private @Nullable Frame whole;
    private @Nullable Json start;
    private @Nullable Json end;
    private @Nullable ChoiceEnded ended;

    MessagesAssembler(MessageIdentity identity) {
        this.identity = identity;
        blocks = new AssembledBlocks(identity);
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public void frame(Frame frame, ByteSink out) {
        boolean untouched = !identity.known();
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof BlockStarted begun && own(frame)) {
                whole = null;
                blocks.startOwn(begun);
            } else {
                event(frame.event(i), out);
            }
        }
        if (frame.verbatim() && frame.protocol().equals(MessagesPlainDecoder.PROTOCOL)) {
            whole = untouched ? frame.copy() : null;
        } else if (frame.verbatim() && frame.protocol().equals(MessagesProtocol.NAME)) {
            keep(frame, untouched);
        }
    }

    /** Whether its blocks are of the API's, whatever their types. */
    private static boolean own(Frame frame) {
        return frame.protocol().equals(MessagesProtocol.NAME)
                || frame.protocol().equals(MessagesPlainDecoder.PROTOCOL);
    }

    private void keep(Frame frame, boolean untouched) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof Opened && untouched) {
                start = JsonText.raw(text(frame), "message");
            } else if (frame.event(i) instanceof ChoiceEnded) {
                end = new Json(text(frame));
            }
        }
    }

    private static String text(Frame frame) {
        return new String(frame.bytes(), frame.offset(), frame.length(), StandardCharsets.UTF_8);
    }

    @Override
    public void event(StreamEvent event, ByteSink out) {
        whole = null;
        switch (event) {
            case Opened opened -> identity.take(opened);
            case BlockStarted begun -> blocks.start(begun);
            case Delta delta -> blocks.delta(delta);
            case StreamEvent.Attached attached -> blocks.attach(attached);
            case StreamEvent.Signed signed -> blocks.sign(signed);
            case StreamEvent.BlockEnded stopped -> blocks.end(stopped);
            case ChoiceEnded last -> ended = last.choice() == 0 && ended == null ? last : ended;
            case StreamEvent.Restarted restarted -> blocks.restart();
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
        blocks = new AssembledBlocks(identity);
        whole = null;
        start = null;
        end = null;
        ended = null;
    }

    @Override
    public void finish(Usage usage, ByteSink out) {
        Frame came = whole;
        if (came != null) {
            out.write(came.bytes(), came.offset(), came.length());
        } else {
            out.write(assembled(usage));
        }
    }

    private byte[] assembled(Usage usage) {
        identity.ensure();
        JsonSplice message = Members.of(start == null ? "{}" : start.text());
        message.setString("id", identity.id()).setString("type", "message");
        message.setString("role", "assistant").setString("model", identity.model());
        message.set("content", blocks.content());
        Json delta = end == null ? null : JsonText.raw(end.text(), "delta");
        if (delta != null) {
            copy(delta, message);
        }
        String reason =
                ended == null ? "end_turn" : StopReasons.word(ended.reason(), blocks.called());
        message.setString("stop_reason", reason);
        String sequence = ended == null ? null : ended.stopSequence();
        if (sequence == null) {
            message.set("stop_sequence", "null");
        } else {
            message.setString("stop_sequence", sequence);
        }
        message.set("usage", usage(usage));
        return message.bytes();
    }

    /** What the upstream told of it besides, and the figures of the whole answer. */
    private String usage(Usage usage) {
        Json told = start == null ? null : JsonText.raw(start.text(), "usage");
        JsonSplice merged = Members.of(told == null ? "{}" : told.text());
        if (!merged.has("input_tokens")) {
            merged.set("input_tokens", "0");
        }
        Json last = end == null ? null : JsonText.raw(end.text(), "usage");
        if (last != null) {
            copy(last, merged);
        }
        JsonOut figures = new JsonOut(new Bytes(128));
        MessageUsage.atEnd(figures, usage);
        copy(new Json(figures.bytes().toString()), merged);
        return Members.text(merged);
    }

    private static void copy(Json object, JsonSplice into) {
        JsonSplice from = Members.of(object.text());
        for (String name : from.names()) {
            Json value = from.value(name);
            boolean said = value != null && !(value.text().equals("null") && into.has(name));
            if (value != null && said) {
                into.set(name, value.text());
            }
        }
    }

    @Override
    public void fail(ErrorReport report, ByteSink out) {
        out.write(MessagesErrorWriter.response(report));
    }
}
