package dev.midstream.protocol.responses;

import dev.midstream.model.BlockKind;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.protocol.responses.OutputItem.Kind;
import dev.midstream.protocol.responses.OutputItem.Piece;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads messages: each part with a text is a block from its first delta on. */
final class MessageReading {

    private final OutputItems items;
    private final Telling telling;

    MessageReading(OutputItems items, Telling telling) {
        this.items = items;
        this.telling = telling;
    }

    void delta(EventReader event, BlockKind kind) {
        OutputItem item = event.delta.isEmpty() ? null : items.ensure(event, Kind.MESSAGE);
        Piece piece = item == null ? null : piece(item, event, kind);
        if (piece == null) {
            return;
        }
        if (piece.kind != kind || piece.ended) {
            telling.malformed("A delta does not fit its part");
        } else {
            say(piece, event.delta, telling.events);
        }
    }

    private static @Nullable Piece piece(OutputItem item, EventReader event, BlockKind kind) {
        return item.piece(Math.max(0, event.contentIndex), kind);
    }

    private void say(Piece piece, String text, List<StreamEvent> to) {
        if (piece.block == OutputItem.NO_BLOCK) {
            telling.start(piece, to);
        }
        telling.grow(piece, text);
        to.add(new Delta(piece.block, text));
    }

    void partDone(EventReader event, BlockKind kind, String whole) {
        telling.extras = true;
        OutputItem item = items.ensure(event, Kind.MESSAGE);
        Piece piece = item == null ? null : piece(item, event, kind);
        if (item != null && piece != null && piece.kind == kind) {
            done(item, piece, whole, telling.events);
        }
    }

    private void done(OutputItem item, Piece piece, String whole, List<StreamEvent> to) {
        if (piece.ended) {
            return;
        }
        String missing = telling.missing(item, piece, whole);
        if (missing != null) {
            say(piece, missing, telling.restored);
        }
        piece.ended = true;
        if (piece.block != OutputItem.NO_BLOCK && !telling.failed()) {
            to.add(new BlockEnded(piece.block));
        }
    }

    void annotation(EventReader event, JsonNode tree) {
        OutputItem item = items.find(event);
        Piece piece = item == null ? null : item.known(Math.max(0, event.contentIndex));
        telling.extras = true;
        if (piece != null && piece.block != OutputItem.NO_BLOCK) {
            telling.events.add(new StreamEvent.Attached(piece.block, JsonTree.json(tree)));
        }
    }

    /** The item has ended, told whole. */
    void itemDone(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        int number = 0;
        for (JsonNode part : raw.path("content")) {
            boolean refusal = JsonTree.text(part, "type").equals("refusal");
            BlockKind kind = refusal ? BlockKind.REFUSAL : BlockKind.TEXT;
            Piece piece = item.piece(number++, kind);
            if (piece != null && piece.kind == kind) {
                boolean fresh = piece.block == OutputItem.NO_BLOCK;
                String whole = JsonTree.text(part, refusal ? "refusal" : "text");
                done(item, piece, whole, fresh ? telling.restored : to);
            }
        }
        close(item, to);
    }

    /** The item has ended. */
    void close(OutputItem item, List<StreamEvent> to) {
        for (Piece piece : item.pieces()) {
            done(item, piece, "", to);
        }
    }
}
