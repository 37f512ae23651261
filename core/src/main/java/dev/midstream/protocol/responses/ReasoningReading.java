package dev.midstream.protocol.responses;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.protocol.responses.OutputItem.Kind;
import dev.midstream.protocol.responses.OutputItem.Piece;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads reasoning: an item is one block, in which its summaries and texts are paragraphs. Only the
 * item's end has a seal that can be trusted.
 */
final class ReasoningReading {

    private static final String PARAGRAPH = "\n\n";

    private final OutputItems items;
    private final Telling telling;
    private final String origin;

    /**
     * @param origin who can read what is sealed
     */
    ReasoningReading(OutputItems items, Telling telling, String origin) {
        this.items = items;
        this.telling = telling;
        this.origin = origin;
    }

    /** The number of a summary among an item's pieces; a text's is its own. */
    static int summary(EventReader event) {
        return ~Math.max(0, event.summaryIndex);
    }

    static int text(EventReader event) {
        return Math.max(0, event.contentIndex);
    }

    void delta(EventReader event, int number) {
        OutputItem item = event.delta.isEmpty() ? null : items.ensure(event, Kind.REASONING);
        Piece piece = item == null ? null : item.piece(number, BlockKind.REASONING);
        if (item != null && piece != null && !piece.ended) {
            think(item, piece, event.delta, telling.events);
        }
    }

    private void think(OutputItem item, Piece piece, String text, List<StreamEvent> to) {
        begun(item, to);
        if (piece.length == 0 && !piece.separated && !item.saidNothing()) {
            to.add(new Delta(item.block, PARAGRAPH));
        }
        telling.grow(piece, text);
        to.add(new Delta(item.block, text));
    }

    private void begun(OutputItem item, List<StreamEvent> to) {
        if (item.block == OutputItem.NO_BLOCK) {
            begin(item, to);
        }
    }

    void begin(OutputItem item, List<StreamEvent> to) {
        telling.start(item, BlockKind.REASONING, null, null, to);
    }

    void summaryAdded(EventReader event) {
        telling.extras = true;
        OutputItem item = items.find(event);
        if (item == null
                || item.kind != Kind.REASONING
                || item.saidNothing()
                || item.block == OutputItem.NO_BLOCK) {
            return;
        }
        Piece piece = item.piece(summary(event), BlockKind.REASONING);
        if (piece != null && piece.length == 0 && !piece.separated) {
            piece.separated = true;
            telling.events.add(new Delta(item.block, PARAGRAPH));
        }
    }

    void partDone(EventReader event, int number, String whole) {
        telling.extras = true;
        OutputItem item = items.ensure(event, Kind.REASONING);
        if (item != null) {
            done(item, item.piece(number, BlockKind.REASONING), whole);
        }
    }

    private void done(OutputItem item, @Nullable Piece piece, String whole) {
        if (piece == null || piece.ended) {
            return;
        }
        String missing = telling.missing(item, piece, whole);
        if (missing != null) {
            think(item, piece, missing, telling.restored);
        }
        piece.ended = true;
    }

    /** The item has ended, told whole. */
    void itemDone(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        int number = 0;
        for (JsonNode part : raw.path("summary")) {
            Piece piece = item.piece(~number++, BlockKind.REASONING);
            done(item, piece, JsonTree.text(part, "text"));
        }
        number = 0;
        for (JsonNode part : raw.path("content")) {
            Piece piece = item.piece(number++, BlockKind.REASONING);
            done(item, piece, JsonTree.text(part, "text"));
        }
        if (telling.failed()) {
            return;
        }
        begun(item, to);
        String sealed = JsonTree.text(raw, "encrypted_content");
        if (!sealed.isEmpty()) {
            to.add(new StreamEvent.Signed(item.block, new Seal(origin, sealed)));
        }
        to.add(new BlockEnded(item.block));
    }
}
