package dev.midstream.protocol.messages;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.model.BlockKind;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent.Attached;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Signed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a plain answer, block by block in the order in which they started; of several
 * choices the first one only. Not thread-safe.
 */
final class AssembledBlocks {

    private static final class Block {
        final BlockStarted start;
        final String id;
        final StringBuilder text = new StringBuilder();
        final List<String> citations = new ArrayList<>();
        final StringBuilder input = new StringBuilder();
        @Nullable Seal seal;

        Block(BlockStarted start, String id) {
            this.start = start;
            this.id = id;
        }
    }

    private final MessageIdentity identity;
    private final Map<Integer, Block> blocks = new LinkedHashMap<>();

    AssembledBlocks(MessageIdentity identity) {
        this.identity = identity;
    }

    void start(BlockStarted start) {
        boolean foreign =
                start.kind() == BlockKind.OPAQUE && ForeignBlocks.type(start.raw()) == null;
        if (!foreign) {
            startOwn(start);
        }
    }

    /** A block of the API's own, of a type that may be newer than we are. */
    void startOwn(BlockStarted start) {
        if (start.choice() == 0) {
            String id = start.tool() == null ? "" : identity.callId(start.tool().id());
            blocks.put(start.block(), new Block(start, id));
        }
    }

    void delta(Delta delta) {
        Block block = blocks.get(delta.block());
        if (block != null) {
            block.text.append(delta.text());
        }
    }

    void attach(Attached attached) {
        Block block = blocks.get(attached.block());
        String type = block == null ? null : ForeignBlocks.deltaType(attached.raw());
        if (block == null || type == null) {
            return;
        }
        String raw = attached.raw().text();
        if (type.equals("citations_delta")) {
            Json citation = JsonText.raw(raw, "citation");
            if (citation != null) {
                block.citations.add(citation.text());
            }
        } else if (type.equals("input_json_delta")) {
            String piece = JsonText.scalar(raw, "partial_json");
            block.input.append(piece == null ? "" : piece);
        }
    }

    void sign(Signed signed) {
        Block block = blocks.get(signed.block());
        if (block != null) {
            block.seal = signed.seal();
        }
    }

    void end(BlockEnded end) {
        Block block = blocks.get(end.block());
        if (block != null && end.broken()) {
            block.seal = null;
        }
    }

    /** A plain answer shows the new text only. */
    void restart() {
        blocks.values().removeIf(block -> block.start.kind() == BlockKind.TEXT);
    }

    boolean called() {
        return blocks.values().stream().anyMatch(b -> b.start.kind() == BlockKind.TOOL_CALL);
    }

    String content() {
        JsonOut out = new JsonOut(new Bytes(1024)).open('[');
        for (Block block : blocks.values()) {
            write(out, block);
        }
        return out.close(']').bytes().toString();
    }

    private static void write(JsonOut out, Block block) {
        switch (block.start.kind()) {
            case TEXT, REFUSAL -> text(out, block);
            case REASONING -> thinking(out, block);
            case TOOL_CALL -> call(out, block);
            case OPAQUE -> opaque(out, block);
        }
    }

    private static void text(JsonOut out, Block block) {
        if (block.text.isEmpty() && block.citations.isEmpty()) {
            return;
        }
        out.open('{').member("type", "text").member("text", block.text.toString());
        if (!block.citations.isEmpty()) {
            out.name("citations").raw("[" + String.join(",", block.citations) + "]");
        }
        out.close('}');
    }

    private static void thinking(JsonOut out, Block block) {
        if ("redacted_thinking".equals(ForeignBlocks.type(block.start.raw()))) {
            out.raw(raw(block));
            return;
        }
        out.open('{').member("type", "thinking").member("thinking", block.text.toString());
        Seal seal = block.seal;
        out.member("signature", seal == null ? "" : seal.written(Seal.CLAUDE)).close('}');
    }

    private static void call(JsonOut out, Block block) {
        String name = block.start.tool() == null ? "" : block.start.tool().name();
        boolean custom = block.start.tool() != null && block.start.tool().custom();
        String input = block.text.toString();
        if (custom) {
            input = JsonText.object("input", input);
        } else if (!JsonText.isObject(input)) {
            input = "{}";
        }
        out.open('{').member("type", "tool_use").member("id", block.id).member("name", name);
        out.name("input").raw(input).close('}');
    }

    private static void opaque(JsonOut out, Block block) {
        String input = block.input.toString();
        out.raw(JsonText.isObject(input) ? Members.with(raw(block), "input", input) : raw(block));
    }

    private static String raw(Block block) {
        Json raw = block.start.raw();
        return raw == null ? "{}" : raw.text();
    }
}
