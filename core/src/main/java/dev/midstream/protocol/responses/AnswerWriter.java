package dev.midstream.protocol.responses;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.model.Usage;
import dev.midstream.protocol.ByteSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * What the client has been shown of an answer, and how more of it is told. Events that go out as they came are entered here
 * too, so that after a break the open item, part and text are gone on with, and every text that a closing event repeats is the
 * whole one.
 *
 * An item of text is closed one event later than its last part: only what follows tells whether it was superseded. A call is
 * closed at once, for agents run it at that moment.
 */
/** Tells an answer's items by events of ours. Event-loop confined. */
final class AnswerWriter {

    /** Where a block stands; {@code part} is null as long as none of its text was told. */
    private static final class Place {
        final AnswerItem item;
        final BlockKind kind;
        @Nullable AnswerPart part;

        /** What came of a call whose input is wrapped in JSON. */
        @Nullable StringBuilder wrapped;

        Place(AnswerItem item, BlockKind kind, @Nullable AnswerPart part) {
            this.item = item;
            this.kind = kind;
            this.part = part;
        }
    }

    final EventOut events = new EventOut();
    final AnswerItems items = new AnswerItems();
    final ItemEvents telling = new ItemEvents(events);
    private final ResponseObject response;
    private final NewItems fresh;
    private final Supplier<DeclaredTools> declared;
    private final Map<Integer, Place> places = new HashMap<>();
    private @Nullable DeclaredTools tools;
    private @Nullable FinishReason reason;
    private boolean created;
    private boolean inProgress;

    AnswerWriter(
            ResponseObject response, Supplier<String> minted, Supplier<DeclaredTools> declared) {
        this.response = response;
        this.fresh = new NewItems(items, telling, minted);
        this.declared = declared;
    }

    // ---- the answer

    boolean created() {
        return created;
    }

    boolean begun() {
        return inProgress;
    }

    /** An event of the answer's beginning goes as it came. */
    void lifecycle(boolean progress) {
        created = true;
        inProgress |= progress;
    }

    void open(Opened opened, ByteSink out) {
        if (!response.known()) {
            response.open(opened);
        }
        if (!created) {
            created = true;
            lifecycle("response.created", response.asItBegins(), out);
        }
    }

    /** Tells what has to be told before any item. */
    void begin(ByteSink out) {
        open(new Opened("", "", 0), out);
        if (!inProgress) {
            inProgress = true;
            lifecycle("response.in_progress", response.asItBegins(), out);
        }
    }

    void lifecycle(String type, byte[] object, ByteSink out) {
        events.begin(type).name("response").raw("");
        events.write(object);
        events.send(out);
    }

    // ---- blocks

    /** A block that begins in an event that goes as it came. */
    void place(BlockStarted started, AnswerItem item, @Nullable AnswerPart part) {
        places.put(started.block(), new Place(item, started.kind(), part));
        if (started.tool() != null) {
            fresh.taken(started.tool().id());
        }
    }

    void seal(int block, Seal seal) {
        Place place = places.get(block);
        if (place != null) {
            place.item.seal = seal;
        }
    }

    void start(BlockStarted started, int upstreamIndex, ByteSink out) {
        if (started.choice() > 0) {
            return;
        }
        begin(out);
        switch (started.kind()) {
            case TEXT -> said(started, AnswerPart.TEXT, upstreamIndex, out);
            case REFUSAL -> said(started, AnswerPart.REFUSAL, upstreamIndex, out);
            case REASONING -> reasoning(started, upstreamIndex, out);
            case TOOL_CALL -> call(started, upstreamIndex, out);
            case OPAQUE -> opaque(started, upstreamIndex, out);
        }
    }

    private void said(BlockStarted started, String type, int upstreamIndex, ByteSink out) {
        AnswerItem item = items.lastOpen();
        if (item == null || !item.type.equals(AnswerItem.MESSAGE)) {
            closeAll(out);
            item = fresh.message(upstreamIndex, out);
        }
        telling.closeParts(item, out);
        places.put(started.block(), new Place(item, started.kind(), telling.part(item, type, out)));
    }

    private void reasoning(BlockStarted started, int upstreamIndex, ByteSink out) {
        closeAll(out);
        AnswerItem item = fresh.reasoning(started, upstreamIndex, out);
        places.put(started.block(), new Place(item, started.kind(), null));
    }

    private void call(BlockStarted started, int upstreamIndex, ByteSink out) {
        closeAll(out);
        ToolCallHead head =
                started.tool() == null ? new ToolCallHead("", "", false) : started.tool();
        CalledTool called = CalledTool.of(head, started.raw(), tools());
        AnswerItem item = fresh.call(called, head.id(), upstreamIndex, out);
        Place place = new Place(item, started.kind(), null);
        if (called.custom() && !head.custom()) {
            place.wrapped = new StringBuilder();
        }
        places.put(started.block(), place);
    }

    private DeclaredTools tools() {
        DeclaredTools known = tools;
        if (known == null) {
            known = declared.get();
            tools = known;
        }
        return known;
    }

    /** Only items of this very protocol can be shown. */
    private void opaque(BlockStarted started, int upstreamIndex, ByteSink out) {
        Json raw = started.raw();
        String type = raw == null ? null : OpaqueItem.type(raw);
        if (raw != null && type != null) {
            closeAll(out);
            AnswerItem item = fresh.opaque(type, raw, upstreamIndex, out);
            places.put(started.block(), new Place(item, started.kind(), null));
        }
    }

    // ---- text

    void delta(Delta delta, ByteSink out) {
        Place place = places.get(delta.block());
        if (place == null || !place.item.open()) {
            return;
        }
        if (place.wrapped != null) {
            place.wrapped.append(delta.text());
        } else if (place.item.call()) {
            telling.argument(place.item, delta.text(), out);
        } else if (place.kind != BlockKind.OPAQUE) {
            said(place, delta.text(), out);
        }
    }

    private void said(Place place, String piece, ByteSink out) {
        AnswerPart part = open(place, out);
        if (!part.told) {
            telling.text(place.item, part, piece, out);
        }
    }

    /** The part that a block's text goes to. */
    private AnswerPart open(Place place, ByteSink out) {
        AnswerPart part = place.part != null ? place.part : last(place.item);
        if (part == null) {
            part = telling.part(place.item, partType(place.kind), out);
        }
        place.part = part;
        return part;
    }

    private static @Nullable AnswerPart last(AnswerItem item) {
        List<AnswerPart> parts = item.content.isEmpty() ? item.summary : item.content;
        return parts.isEmpty() ? null : parts.getLast();
    }

    private static String partType(BlockKind kind) {
        return switch (kind) {
            case REFUSAL -> AnswerPart.REFUSAL;
            case REASONING -> AnswerPart.SUMMARY;
            case TEXT, TOOL_CALL, OPAQUE -> AnswerPart.TEXT;
        };
    }

    // ---- ends

    void end(BlockEnded ended, ByteSink out) {
        Place place = places.get(ended.block());
        if (place == null || !place.item.open()) {
            return;
        }
        place.item.broken |= ended.broken();
        switch (place.kind) {
            case TEXT, REFUSAL -> telling.closeParts(place.item, out);
            case REASONING -> {
                emptySummary(place, out);
                telling.close(place.item, out);
            }
            case TOOL_CALL -> {
                unwrap(place, out);
                telling.close(place.item, out);
            }
            case OPAQUE -> telling.close(place.item, out);
        }
    }

    /** Signed reasoning without words is told apart from reasoning that is all encrypted. */
    private void emptySummary(Place place, ByteSink out) {
        AnswerItem item = place.item;
        Seal seal = item.seal;
        boolean signed = seal != null && seal.origin().equals(Seal.CLAUDE);
        if (signed && item.parts().isEmpty() && !item.redacted) {
            telling.part(item, AnswerPart.SUMMARY, out);
        }
    }

    private void unwrap(Place place, ByteSink out) {
        StringBuilder wrapped = place.wrapped;
        if (wrapped != null) {
            place.wrapped = null;
            String input = CalledTool.input(wrapped.toString());
            if (!input.isEmpty()) {
                telling.argument(place.item, input, out);
            }
        }
    }

    /** The text of this block is superseded: its item ends incomplete, and a new one follows. */
    void restart(int block, ByteSink out) {
        Place place = places.get(block);
        if (place != null && place.item.open()) {
            place.item.broken = true;
            telling.close(place.item, out);
        }
    }

    /** Ends what is open as the choice's end says. */
    void end(ChoiceEnded ended, ByteSink out) {
        if (ended.choice() == 0 && reason == null) {
            reason = ended.reason();
            AnswerItem item = items.lastOpen();
            if (item != null && item.type.equals(AnswerItem.MESSAGE)) {
                item.broken |= incompleteReason() != null;
            }
        }
        closeAll(out);
    }

    /** The choice's end came in an event that is told later, as it came. */
    void ended(ChoiceEnded ended) {
        if (ended.choice() == 0 && reason == null) {
            reason = ended.reason();
        }
    }

    void closeAll(ByteSink out) {
        for (Place place : List.copyOf(places.values())) {
            if (place.wrapped != null) {
                unwrap(place, out);
            }
        }
        items.open().forEach(item -> telling.close(item, out));
    }

    // ---- the end of the answer

    /** Why the answer is incomplete, null if it is not. */
    @Nullable String incompleteReason() {
        return switch (reason) {
            case null -> null;
            case LENGTH, CONTEXT_WINDOW -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            case REFUSAL -> items.decline() ? null : "content_filter";
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> null;
        };
    }

    /** The answer at its good end, all items being closed. */
    byte[] whole(Usage usage) {
        String incomplete = incompleteReason();
        String status = incomplete == null ? "completed" : "incomplete";
        return response.ended(status, incomplete, null, items.output(), usage);
    }
}
