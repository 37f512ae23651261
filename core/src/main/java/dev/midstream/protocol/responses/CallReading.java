package dev.midstream.protocol.responses;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.protocol.responses.OutputItem.Kind;
import dev.midstream.protocol.responses.OutputItem.Piece;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads calls of functions and of custom tools: an item is one block. */
final class CallReading {

    private final OutputItems items;
    private final Telling telling;

    CallReading(OutputItems items, Telling telling) {
        this.items = items;
        this.telling = telling;
    }

    void begin(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        boolean custom = item.kind == Kind.CUSTOM_CALL;
        ToolCallHead head = new ToolCallHead(id(raw), JsonTree.text(raw, "name"), custom);
        telling.start(item, BlockKind.TOOL_CALL, head, namespace(raw), to);
    }

    /** What the client echoes with the result. */
    private static String id(JsonNode raw) {
        String id = JsonTree.text(raw, "call_id");
        return id.isEmpty() ? JsonTree.text(raw, "id") : id;
    }

    private static @Nullable Json namespace(JsonNode raw) {
        JsonNode namespace = raw.path("namespace");
        return namespace.isString() ? new Json("{\"namespace\":" + namespace + "}") : null;
    }

    /** A piece of a call whose announcement was lost tells nothing: the call's end will. */
    void delta(EventReader event) {
        OutputItem item = event.delta.isEmpty() ? null : items.find(event);
        if (item == null) {
            return;
        }
        Piece piece = item.kind.call() ? item.piece(0, BlockKind.TOOL_CALL) : null;
        if (piece == null || piece.ended) {
            telling.malformed("A piece came of something that is no open call");
        } else {
            telling.grow(piece, event.delta);
            telling.events.add(new Delta(item.block, event.delta));
        }
    }

    void done(EventReader event, String whole) {
        telling.extras = true;
        OutputItem item = items.find(event);
        if (item != null && item.kind.call()) {
            done(item, whole, telling.events);
        }
    }

    /** All of the call has come. */
    void done(OutputItem item, String whole, List<StreamEvent> to) {
        Piece piece = item.piece(0, BlockKind.TOOL_CALL);
        if (piece == null || piece.ended) {
            return;
        }
        String missing = telling.missing(item, piece, whole);
        if (missing != null) {
            telling.grow(piece, missing);
            telling.restored.add(new Delta(item.block, missing));
        }
        piece.ended = true;
        if (!telling.failed()) {
            to.add(new BlockEnded(item.block));
        }
    }
}
