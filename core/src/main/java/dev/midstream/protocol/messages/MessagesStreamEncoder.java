package dev.midstream.protocol.messages;

import dev.midstream.json.Bytes;
import dev.midstream.model.BlockKind;
import dev.midstream.model.Frame;
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
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer as a Messages stream.
 *
 * <p>Events of an upstream of this protocol go out as they came while nothing has to change in
 * them: their blocks bear the numbers that the client's would, their calls ids that are good. All
 * else is written anew. One message, blocks one after the other with numbers without a gap, each
 * one closed; of several choices the first one only. The stop reason is kept until the answer is
 * known to be at its end, and told once.
 */
final class MessagesStreamEncoder implements AnswerEncoder {

    private static final byte[] HEARTBEAT = ascii(": midstream\n\n");
    private static final byte[] PING = ascii("event: ping\ndata: {\"type\": \"ping\"}\n\n");
    private static final byte[] FAILED = ascii("event: error\ndata: ");
    private static final byte[] START = ascii("event: message_start\ndata: ");
    private static final byte[] BLOCK = ascii("event: content_block_start\ndata: ");
    private static final byte[] DELTA = ascii("event: content_block_delta\ndata: ");
    private static final byte[] STOP = ascii("event: content_block_stop\ndata: ");
    private static final byte[] ENDED = ascii("event: message_delta\ndata: ");
    private static final byte[] OVER =
            ascii("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    private static final byte[] END = ascii("\n\n");

    private final MessageIdentity identity;
    private final MessageEvents write = new MessageEvents();
    private final Map<Integer, BlockKind> texts = new HashMap<>();
    private @Nullable ShownBlock open;
    private int next;
    private boolean begun;
    private boolean called;
    private Usage usage = Usage.NONE;
    private @Nullable ChoiceEnded ended;
    private @Nullable Frame endFrame;

    MessagesStreamEncoder(MessageIdentity identity) {
        this.identity = identity;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public void frame(Frame frame, ByteSink out) {
        boolean ours = frame.verbatim() && frame.protocol().equals(MessagesProtocol.NAME);
        byte[] name = ours && frame.size() == 1 ? goesOn(frame.event(0)) : null;
        if (name != null) {
            forward(name, frame, out);
        } else if (!ours || !begins(frame, out)) {
            if (ours && tellsEnd(frame)) {
                endFrame = frame.copy();
            }
            for (int i = 0; i < frame.size(); i++) {
                event(frame.event(i), out);
            }
            if (identity.known()) {
                begin(out);
            }
        }
    }

    /** The event's name if it belongs to the block that is going out as it comes, else null. */
    private byte @Nullable [] goesOn(StreamEvent event) {
        ShownBlock block = open;
        if (block == null || !block.asItCame) {
            return null;
        }
        switch (event) {
            case Delta delta when delta.block() == block.number -> block.said = true;
            case StreamEvent.Attached attached when attached.block() == block.number ->
                    block.said = true;
            case StreamEvent.Signed signed when signed.block() == block.number -> {}
            case StreamEvent.BlockEnded end when end.block() == block.number -> {
                if (block.call && !block.said) {
                    return null;
                }
                open = null;
                return STOP;
            }
            default -> {
                return null;
            }
        }
        return DELTA;
    }

    /** Forwards the beginning of the message, or of a block, if it may go out as it came. */
    private boolean begins(Frame frame, ByteSink out) {
        return switch (frame.event(0)) {
            case Opened opened -> beginsMessage(frame, opened, out);
            case BlockStarted start -> frame.size() == 1 && beginsBlock(frame, start, out);
            case StreamEvent.Pinged pinged -> begun && frame.extras() && unknown(frame, out);
            default -> false;
        };
    }

    private boolean beginsMessage(Frame frame, Opened opened, ByteSink out) {
        boolean good =
                !begun
                        && frame.size() == 2
                        && frame.event(1) instanceof StreamEvent.UsageReported
                        && (!identity.known() || identity.id().equals(opened.id()))
                        && MessageIdentity.named(opened)
                        && AsItCame.message(frame);
        if (good) {
            identity.take(opened);
            usage = ((StreamEvent.UsageReported) frame.event(1)).usage();
            begun = true;
            forward(START, frame, out);
        }
        return good;
    }

    private boolean beginsBlock(Frame frame, BlockStarted start, ByteSink out) {
        if (!begun || ended != null || start.choice() != 0 || !AsItCame.block(frame, next)) {
            return false;
        }
        String id = start.tool() == null ? "" : identity.callId(start.tool().id());
        if (start.tool() != null && !id.equals(start.tool().id())) {
            start(start, id, out);
            return true;
        }
        close(false, out);
        note(start).asItCame = true;
        forward(BLOCK, frame, out);
        return true;
    }

    /** An event of a kind that is not known yet: clients skip it, or know it. */
    private static boolean unknown(Frame frame, ByteSink out) {
        String type = AsItCame.unknownType(frame);
        if (type != null) {
            forward(ascii("event: " + type + "\ndata: "), frame, out);
        }
        return type != null;
    }

    private static void forward(byte[] name, Frame frame, ByteSink out) {
        out.write(name);
        int at = frame.offset();
        int[] cuts = frame.cuts();
        for (int i = 0; i < cuts.length; i += 2) {
            out.write(frame.bytes(), at, cuts[i] - at);
            at = cuts[i + 1];
        }
        out.write(frame.bytes(), at, frame.offset() + frame.length() - at);
        out.write(END);
    }

    /** Whether the frame tells the stop reason and nothing besides but the usage. */
    private static boolean tellsEnd(Frame frame) {
        return frame.event(0) instanceof ChoiceEnded
                && frame.size() == 2
                && frame.event(1) instanceof StreamEvent.UsageReported;
    }

    @Override
    public void event(StreamEvent event, ByteSink out) {
        switch (event) {
            case Opened opened -> identity.take(opened);
            case BlockStarted start -> {
                if (start.choice() == 0 && ended == null) {
                    begin(out);
                    start(start, idOf(start), out);
                }
            }
            case Delta delta -> delta(delta, out);
            case StreamEvent.Signed signed -> {
                if (open != null && open.number == signed.block()) {
                    open.seal = signed.seal();
                }
            }
            case StreamEvent.Attached attached -> attach(attached, out);
            case StreamEvent.BlockEnded end -> {
                if (open != null && open.number == end.block()) {
                    close(end.broken(), out);
                }
            }
            case ChoiceEnded end -> {
                if (end.choice() == 0 && ended == null) {
                    close(false, out);
                    ended = end;
                }
            }
            case StreamEvent.UsageReported reported -> usage = usage.updatedBy(reported.usage());
            case StreamEvent.Restarted restarted -> {}
            case StreamEvent.Terminated terminated -> {}
            case StreamEvent.Pinged pinged -> {}
            case StreamEvent.Malformed malformed -> {}
            case StreamEvent.Failed failed -> {}
        }
    }

    /** Writes how a message begins, unless that is out. */
    private void begin(ByteSink out) {
        if (!begun) {
            begun = true;
            identity.ensure();
            send(write.messageStart(identity, usage), out);
        }
    }

    private String idOf(BlockStarted start) {
        return start.tool() == null ? "" : identity.callId(start.tool().id());
    }

    private void start(BlockStarted start, String id, ByteSink out) {
        close(false, out);
        if (start.kind() == BlockKind.OPAQUE && ForeignBlocks.type(start.raw()) == null) {
            return;
        }
        ShownBlock block = note(start);
        send(write.blockStart(block, start, id), out);
    }

    private ShownBlock note(BlockStarted start) {
        boolean custom = start.tool() != null && start.tool().custom();
        ShownBlock block = new ShownBlock(start.block(), next++, start.kind(), custom);
        String type = start.kind() == BlockKind.OPAQUE ? ForeignBlocks.type(start.raw()) : null;
        block.call |= type != null && ForeignBlocks.isCall(type);
        called |= start.kind() == BlockKind.TOOL_CALL;
        texts.put(start.block(), start.kind());
        open = block;
        return block;
    }

    private void delta(Delta delta, ByteSink out) {
        ShownBlock block = open;
        if (block == null || block.number != delta.block()) {
            block = again(delta.block(), out);
        }
        if (block != null && ended == null) {
            send(write.delta(block, delta.text()), out);
        }
    }

    /** Text may go on behind a block that had to be closed; nothing else can. */
    private @Nullable ShownBlock again(int number, ByteSink out) {
        BlockKind kind = texts.get(number);
        if (kind == null || kind == BlockKind.TOOL_CALL || kind == BlockKind.OPAQUE) {
            return null;
        }
        start(BlockStarted.of(number, 0, kind), "", out);
        return open;
    }

    private void attach(StreamEvent.Attached attached, ByteSink out) {
        ShownBlock block = open;
        if (block != null
                && block.number == attached.block()
                && ForeignBlocks.deltaType(attached.raw()) != null) {
            block.said = true;
            send(write.attached(block, attached.raw()), out);
        }
    }

    private void close(boolean broken, ByteSink out) {
        ShownBlock block = open;
        if (block != null) {
            open = null;
            send(write.blockStop(block, broken), out);
        }
    }

    private static void send(Bytes events, ByteSink out) {
        out.write(events.array(), 0, events.length());
    }

    @Override
    public void heartbeat(ByteSink out) {
        out.write(begun ? PING : HEARTBEAT);
    }

    @Override
    public void comment(String text, ByteSink out) {
        String line = text.replace('\r', ' ').replace('\n', ' ');
        out.write((": " + line + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void reset() {
        throw new IllegalStateException("A stream cannot start over");
    }

    @Override
    public void finish(Usage whole, ByteSink out) {
        begin(out);
        close(false, out);
        Frame came = endFrame;
        if (came != null && came.event(1).equals(new StreamEvent.UsageReported(whole))) {
            forward(ENDED, came, out);
        } else {
            send(write.messageDelta(ended, called, whole), out);
        }
        out.write(OVER);
    }

    @Override
    public void fail(ErrorReport report, ByteSink out) {
        byte[] body = MessagesErrorWriter.inStream(report);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '\n' || body[i] == '\r' ? (byte) ' ' : body[i];
        }
        out.write(FAILED);
        out.write(body);
        out.write(END);
    }
}
