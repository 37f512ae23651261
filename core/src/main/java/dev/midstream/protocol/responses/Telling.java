package dev.midstream.protocol.responses;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.protocol.responses.OutputItem.Piece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the event at hand tells, in canonical events, and which blocks are open. Event-loop
 * confined.
 */
final class Telling {

    /** What the event itself tells. */
    final List<StreamEvent> events = new ArrayList<>();

    /** What had not been told before the event, although the event shows that it was due. */
    final List<StreamEvent> restored = new ArrayList<>();

    /** Whether the event's bytes hold more than its canonical events. */
    boolean extras;

    /** The text that the last delta belongs to. */
    @Nullable Piece growing;

    private @Nullable Piece openText;
    private @Nullable OutputItem openItem;
    private int blocks;
    private boolean torn;

    void begin() {
        events.clear();
        restored.clear();
        extras = false;
    }

    /** An event was skipped: from now on a text that does not fit has a hole. */
    void torn() {
        torn = true;
    }

    /** Starts the block of a text. */
    void start(Piece piece, List<StreamEvent> to) {
        settle(to);
        piece.block = blocks++;
        openText = piece;
        to.add(BlockStarted.of(piece.block, 0, piece.kind));
    }

    /** Starts an item that is one block. */
    void start(
            OutputItem item,
            BlockKind kind,
            @Nullable ToolCallHead head,
            @Nullable Json raw,
            List<StreamEvent> to) {
        settle(to);
        item.block = blocks++;
        openItem = item.kind.call() ? null : item;
        to.add(new BlockStarted(item.block, 0, kind, head, raw));
    }

    /**
     * Ends the block that is open, calls excepted, for a new one starts. What comes for it later is
     * a block of its own.
     */
    private void settle(List<StreamEvent> to) {
        Piece text = openText;
        OutputItem item = openItem;
        if (text != null && !text.ended && text.block != OutputItem.NO_BLOCK) {
            to.add(new BlockEnded(text.block));
            text.block = OutputItem.NO_BLOCK;
        }
        if (item != null && !item.ended && item.block != OutputItem.NO_BLOCK) {
            to.add(new BlockEnded(item.block));
            item.block = OutputItem.NO_BLOCK;
        }
        openText = null;
        openItem = null;
    }

    /**
     * What the whole of a text tells that had not come; null if nothing can be told from it. An
     * empty whole tells nothing.
     */
    @Nullable String missing(OutputItem item, Piece piece, String whole) {
        String missing = whole.isEmpty() ? "" : piece.missing(whole);
        if (missing == null && torn) {
            fail("A piece of the upstream's answer was lost");
        } else if (missing == null) {
            item.differs = true;
            restored.add(new StreamEvent.Malformed("A text differs from what had been told of it"));
        }
        return missing == null || missing.isEmpty() ? null : missing;
    }

    /** Something more of a text has come. */
    void grow(Piece piece, String text) {
        piece.add(text);
        growing = piece;
    }

    void malformed(String detail) {
        events.add(new StreamEvent.Malformed(detail));
    }

    void fail(String message) {
        fail(new Failure.Garbled(message));
    }

    void fail(Failure failure) {
        if (!failed()) {
            events.add(new StreamEvent.Failed(failure));
        }
    }

    boolean failed() {
        return !events.isEmpty() && events.getLast() instanceof StreamEvent.Failed;
    }
}
