package dev.midstream.protocol.chat;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonStringWriter;
import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ErrorEnvelope;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.chat.OpenBlocks.Block;
import dev.midstream.protocol.chat.OpenBlocks.Choice;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer as a chat stream.
 *
 * <p>Chunks of the upstream that opened the answer go out as they came while nothing has to change
 * in them. From the first later opening on (a seam), and for everything that came without an
 * opening of its own, chunks are written anew with the first identity: role once a choice and
 * choices in ascending order, tool calls numbered on, reasoning under the name that the stream
 * began with, one finish a choice, usage last and alone.
 */
final class ChatStreamEncoder implements AnswerEncoder {

    private static final byte[] DATA = ascii("data: ");
    private static final byte[] END = ascii("\n\n");
    private static final byte[] DONE = ascii("data: [DONE]\n\n");
    private static final byte[] HEARTBEAT = ascii(": midstream\n\n");
    private static final byte[] FAILED = ascii("event: error\ndata: ");

    private final ChatIdentity identity;
    private final boolean usageWanted;
    private final OpenBlocks blocks = new OpenBlocks();
    private final Bytes chunk = new Bytes(1024);
    private byte[] head = {};
    private boolean asItCame;
    private String reasoningName = "";
    private @Nullable Frame usageFrame;

    ChatStreamEncoder(ChatIdentity identity, boolean usageWanted) {
        this.identity = identity;
        this.usageWanted = usageWanted;
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
        boolean ours = frame.verbatim() && frame.protocol().equals(ChatProtocol.NAME);
        if (ours && asItCame && frame.size() == 1 && frame.event(0) instanceof Delta) {
            forward(frame, out);
        } else if (ours && goesAsItCame(frame)) {
            released(frame, out);
        } else {
            for (int i = 0; i < frame.size(); i++) {
                event(frame.event(i), out);
            }
        }
    }

    private boolean goesAsItCame(Frame frame) {
        boolean allowed = asItCame;
        for (int i = 0; i < frame.size(); i++) {
            switch (frame.event(i)) {
                case Opened opened -> {
                    allowed = !identity.known() && ChatIdentity.named(opened);
                    asItCame = allowed;
                }
                case ChoiceEnded ended -> allowed &= !blocks.choice(ended.choice()).finished;
                default -> {}
            }
        }
        return allowed;
    }

    /** A chunk that goes as it came and tells more than a piece of a block that is open. */
    private void released(Frame frame, ByteSink out) {
        if (frame.size() == 1 && frame.event(0) instanceof StreamEvent.UsageReported) {
            usageFrame = frame.copy();
            return;
        }
        FrameLook look = FrameLook.at(frame);
        note(frame);
        if (repeatsRole(look.roles())) {
            for (int i = 0; i < frame.size(); i++) {
                event(frame.event(i), out);
            }
            return;
        }
        reasoningName = reasoningName.isEmpty() ? look.reasoning() : reasoningName;
        ensureRoles(frame, look.roles(), out);
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof BlockStarted started) {
                blocks.start(started);
            } else if (frame.event(i) instanceof ChoiceEnded ended) {
                blocks.choice(ended.choice()).finished = true;
            }
        }
        forward(frame, out);
    }

    private void note(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof Opened opened) {
                open(opened);
            }
        }
    }

    private boolean repeatsRole(BitSet roles) {
        return roles.stream().anyMatch(choice -> blocks.choice(choice).role);
    }

    private void ensureRoles(Frame frame, BitSet brought, ByteSink out) {
        for (int i = 0; i < frame.size(); i++) {
            switch (frame.event(i)) {
                case BlockStarted started -> ensureRole(started.choice(), brought, out);
                case ChoiceEnded ended -> ensureRole(ended.choice(), brought, out);
                default -> {}
            }
        }
        brought.stream()
                .forEach(
                        choice -> {
                            ensureRole(choice, brought, out);
                            blocks.choice(choice).role = true;
                        });
    }

    /**
     * Writes the openings of a choice and of those before it, save those that a chunk is about to
     * bring.
     */
    private void ensureRole(int choice, BitSet brought, ByteSink out) {
        for (int i = 0; i <= choice; i++) {
            Choice state = blocks.choice(i);
            if (!state.role && !brought.get(i)) {
                state.role = true;
                begin(i).text("\"role\":\"assistant\",\"content\":\"\"");
                endOpen(out);
            }
        }
    }

    private void forward(Frame frame, ByteSink out) {
        out.write(DATA);
        int at = frame.offset();
        int[] cuts = frame.cuts();
        for (int i = 0; i < cuts.length; i += 2) {
            out.write(frame.bytes(), at, cuts[i] - at);
            at = cuts[i + 1];
        }
        out.write(frame.bytes(), at, frame.offset() + frame.length() - at);
        out.write(END);
    }

    @Override
    public void event(StreamEvent event, ByteSink out) {
        switch (event) {
            case Opened opened -> {
                asItCame = false;
                open(opened);
            }
            case BlockStarted started -> start(started, out);
            case Delta delta -> delta(delta, out);
            case StreamEvent.Attached attached -> opaque(attached.block(), attached.raw(), out);
            case ChoiceEnded ended -> end(ended, out);
            case StreamEvent.Restarted restarted -> restart(restarted.block());
            case StreamEvent.Signed signed -> {}
            case StreamEvent.BlockEnded ended -> {}
            case StreamEvent.UsageReported usage -> {}
            case StreamEvent.Terminated terminated -> {}
            case StreamEvent.Pinged pinged -> {}
            case StreamEvent.Malformed malformed -> {}
            case StreamEvent.Failed failed -> {}
        }
    }

    private void open(Opened opened) {
        identity.take(opened);
        if (head.length == 0) {
            JsonOut out = new JsonOut(new Bytes(256));
            out.bytes().write(DATA);
            out.open('{').member("id", identity.id()).member("object", "chat.completion.chunk");
            out.member("created", identity.created()).member("model", identity.model());
            head = out.bytes().text(",\"choices\":[").toByteArray();
        }
    }

    private void ensureOpened() {
        if (head.length == 0) {
            identity.ensure();
            open(new Opened("", "", 0));
        }
    }

    private void start(BlockStarted started, ByteSink out) {
        ensureRole(started.choice(), new BitSet(), out);
        Block block = blocks.start(started);
        ToolCallHead tool = started.tool();
        if (started.kind() == BlockKind.TOOL_CALL && tool != null) {
            call(block, tool, started.raw(), out);
        } else if (started.kind() == BlockKind.OPAQUE && started.raw() != null) {
            opaque(started.block(), started.raw(), out);
        }
    }

    private void call(Block block, ToolCallHead tool, @Nullable Json further, ByteSink out) {
        Bytes bytes = begin(block.choice);
        JsonOut json = new JsonOut(bytes);
        if (block.legacy) {
            json.name("function_call").open('{').member("name", tool.name());
            json.member("arguments", "").close('}');
        } else {
            String id = tool.id().isEmpty() ? identity.callId() : tool.id();
            json.name("tool_calls").open('[').open('{').member("index", block.toolIndex);
            json.member("id", id).member("type", tool.custom() ? "custom" : "function");
            json.name(tool.custom() ? "custom" : "function").open('{');
            json.member("name", tool.name()).member(tool.custom() ? "input" : "arguments", "");
            json.close('}');
            members(bytes, further);
            json.close('}').close(']');
        }
        endOpen(out);
    }

    /** Writes the members of an object behind others. */
    private static void members(Bytes bytes, @Nullable Json object) {
        if (object != null && object.text().startsWith("{\"extra_content\":")) {
            bytes.text(",").text(object.text().substring(1, object.text().length() - 1));
        }
    }

    private void delta(Delta delta, ByteSink out) {
        Block block = blocks.block(delta.block());
        if (block == null) {
            return;
        }
        Choice choice = blocks.choice(block.choice);
        if (block.breakBefore) {
            block.breakBefore = false;
            piece(block, "\n\n", out);
        }
        if (!choice.finished) {
            piece(block, delta.text(), out);
        }
    }

    private void piece(Block block, String text, ByteSink out) {
        Bytes bytes = begin(block.choice);
        switch (block.kind) {
            case TEXT -> bytes.text("\"content\":");
            case REFUSAL -> bytes.text("\"refusal\":");
            case REASONING -> bytes.text("\"").text(reasoningName()).text("\":");
            case TOOL_CALL -> argumentsOf(block, bytes);
            case OPAQUE -> {
                return;
            }
        }
        JsonStringWriter.write(bytes, text);
        if (block.kind == BlockKind.TOOL_CALL) {
            bytes.text(block.legacy ? "}" : "}}]");
        }
        endOpen(out);
    }

    private static void argumentsOf(Block block, Bytes bytes) {
        if (block.legacy) {
            bytes.text("\"function_call\":{\"arguments\":");
        } else {
            bytes.text("\"tool_calls\":[{\"index\":").number(block.toolIndex);
            bytes.text(block.custom ? ",\"custom\":{\"input\":" : ",\"function\":{\"arguments\":");
        }
    }

    private String reasoningName() {
        reasoningName = reasoningName.isEmpty() ? FrameLook.REASONING_CONTENT : reasoningName;
        return reasoningName;
    }

    /** Of what is not understood only audio is chat's own. */
    private void opaque(int number, Json raw, ByteSink out) {
        Block block = blocks.block(number);
        String text = raw.text();
        if (block != null && block.kind == BlockKind.OPAQUE && text.startsWith("{\"audio\":")) {
            begin(block.choice).text(text.substring(1, text.length() - 1));
            endOpen(out);
        }
    }

    private void restart(int superseded) {
        Block block = blocks.block(superseded);
        if (block != null) {
            blocks.choice(block.choice).restarted = true;
        }
    }

    private void end(ChoiceEnded ended, ByteSink out) {
        ensureRole(ended.choice(), new BitSet(), out);
        Choice choice = blocks.choice(ended.choice());
        if (choice.finished) {
            return;
        }
        choice.finished = true;
        boolean legacy = choice.legacy && ended.reason() == FinishReason.TOOL_CALLS;
        String word = legacy ? "function_call" : ChatFinish.word(ended.reason());
        begin(ended.choice()).text("},\"finish_reason\":\"").text(word).text("\"}]}\n\n");
        send(out);
    }

    private Bytes begin(int choice) {
        ensureOpened();
        chunk.clear(64 * 1024);
        return chunk.write(head).text("{\"index\":").number(choice).text(",\"delta\":{");
    }

    private void endOpen(ByteSink out) {
        chunk.text("},\"finish_reason\":null}]}\n\n");
        send(out);
    }

    private void send(ByteSink out) {
        out.write(chunk.array(), 0, chunk.length());
    }

    @Override
    public void heartbeat(ByteSink out) {
        out.write(HEARTBEAT);
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
    public void finish(Usage usage, ByteSink out) {
        ensureRole(0, new BitSet(), out);
        if (usageWanted) {
            usage(usage, out);
        }
        out.write(DONE);
    }

    private void usage(Usage usage, ByteSink out) {
        if (usageFrame != null
                && usageFrame.event(0).equals(new StreamEvent.UsageReported(usage))) {
            forward(usageFrame, out);
            return;
        }
        chunk.clear();
        chunk.write(head).text("],\"usage\":");
        ChatUsageWriter.write(new JsonOut(chunk), usage);
        chunk.text("}\n\n");
        send(out);
    }

    @Override
    public void fail(ErrorReport report, ByteSink out) {
        byte[] body = ErrorEnvelope.write(report);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '\n' || body[i] == '\r' ? (byte) ' ' : body[i];
        }
        out.write(FAILED);
        out.write(body);
        out.write(END);
    }
}
