package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.json.JsonStringWriter;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    final List<AnswerItem> items = new ArrayList<>();
    private final ResponseObject response;
    private final Supplier<String> minted;
    private final Supplier<DeclaredTools> declared;
    private final Map<Integer, Place> places = new HashMap<>();
    private final Set<String> callIds = new HashSet<>();
    private @Nullable DeclaredTools tools;
    private @Nullable FinishReason reason;
    private boolean created;
    private boolean inProgress;

    AnswerWriter(
            ResponseObject response, Supplier<String> minted, Supplier<DeclaredTools> declared) {
        this.response = response;
        this.minted = minted;
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
            callIds.add(started.tool().id());
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
        AnswerItem item = openItem();
        if (item == null || !item.type.equals(AnswerItem.MESSAGE)) {
            closeAll(out);
            item = added(AnswerItem.MESSAGE, upstreamIndex, AnswerWriter::message, out);
        }
        closeParts(item, out);
        places.put(started.block(), new Place(item, started.kind(), part(item, type, out)));
    }

    private void reasoning(BlockStarted started, int upstreamIndex, ByteSink out) {
        closeAll(out);
        AnswerItem item =
                added(
                        AnswerItem.REASONING,
                        upstreamIndex,
                        json -> json.name("summary").open('[').close(']'),
                        out);
        item.seal = Redacted.seal(started.raw());
        item.redacted = item.seal != null;
        places.put(started.block(), new Place(item, started.kind(), null));
    }

    private void call(BlockStarted started, int upstreamIndex, ByteSink out) {
        closeAll(out);
        ToolCallHead head =
                started.tool() == null ? new ToolCallHead("", "", false) : started.tool();
        CalledTool called = CalledTool.of(head, started.raw(), tools());
        String callId = callId(head.id());
        AnswerItem item =
                added(
                        called.custom() ? AnswerItem.CUSTOM_CALL : AnswerItem.CALL,
                        upstreamIndex,
                        json -> called.write(json, callId),
                        out);
        Place place = new Place(item, started.kind(), null);
        if (called.custom() && !head.custom()) {
            place.wrapped = new StringBuilder();
        }
        places.put(started.block(), place);
    }

    private String callId(String given) {
        String id = given;
        while (id.isEmpty() || !callIds.add(id)) {
            id = "call_" + minted.get();
        }
        return id;
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
        if (raw == null || type == null) {
            return;
        }
        closeAll(out);
        JsonSplice item = JsonSplice.of(raw.text().getBytes(StandardCharsets.UTF_8));
        String id = OpaqueItem.id(item, "item_" + minted.get());
        AnswerItem added =
                new AnswerItem(
                        items.size(), type, id, item.setString("id", id).bytes(), upstreamIndex);
        announce(added, out);
        places.put(started.block(), new Place(added, started.kind(), null));
    }

    private static void message(JsonOut json) {
        json.member("status", "in_progress").member("role", "assistant");
        json.name("content").open('[').close(']');
    }

    /** Writes the members of an item that is announced. */
    private interface Members {
        void write(JsonOut json);
    }

    private AnswerItem added(String type, int upstreamIndex, Members members, ByteSink out) {
        String id = ItemIds.prefix(type) + minted.get();
        JsonOut json = new JsonOut(new Bytes(256)).open('{').member("id", id).member("type", type);
        members.write(json);
        byte[] start = json.close('}').bytes().toByteArray();
        AnswerItem item = new AnswerItem(items.size(), type, id, start, upstreamIndex);
        announce(item, out);
        return item;
    }

    private void announce(AnswerItem item, ByteSink out) {
        items.add(item);
        events.begin("response.output_item.added").member("output_index", item.index);
        events.json().name("item").raw("");
        events.write(item.start);
        events.send(out);
    }

    private AnswerPart part(AnswerItem item, String type, ByteSink out) {
        AnswerPart part = item.added(type);
        about(item, part, part.frame() + ".added").name("part");
        part.writeEmpty(events.json());
        events.send(out);
        return part;
    }

    private JsonOut about(AnswerItem item, @Nullable AnswerPart part, String type) {
        JsonOut json = events.begin(type).member("item_id", item.id);
        json.member("output_index", item.index);
        return part == null ? json : json.member(part.indexMember(), part.index);
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
            argument(place.item, delta.text(), out);
        } else if (place.kind != BlockKind.OPAQUE) {
            said(place, delta.text(), out);
        }
    }

    private void argument(AnswerItem item, String piece, ByteSink out) {
        JsonStringWriter.writeBare(item.arguments, piece);
        boolean custom = item.type.equals(AnswerItem.CUSTOM_CALL);
        String family =
                custom ? "response.custom_tool_call_input" : "response.function_call_arguments";
        about(item, null, family + ".delta").member("delta", piece);
        events.send(out);
    }

    private void said(Place place, String piece, ByteSink out) {
        AnswerPart part = open(place, out);
        if (part.told) {
            return;
        }
        JsonStringWriter.writeBare(part.text, piece);
        JsonOut json = about(place.item, part, part.delta).member("delta", piece);
        if (part.type.equals(AnswerPart.TEXT)) {
            json.name("logprobs").open('[').close(']');
        }
        events.send(out);
    }

    /** The part that a block's text goes to. */
    private AnswerPart open(Place place, ByteSink out) {
        AnswerPart part = place.part != null ? place.part : last(place.item);
        if (part == null) {
            part = part(place.item, partType(place.kind), out);
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
            case TEXT, REFUSAL -> closeParts(place.item, out);
            case REASONING -> {
                emptySummary(place, out);
                close(place.item, out);
            }
            case TOOL_CALL -> {
                unwrap(place, out);
                close(place.item, out);
            }
            case OPAQUE -> close(place.item, out);
        }
    }

    /** Signed reasoning without words is told apart from reasoning that is all encrypted. */
    private void emptySummary(Place place, ByteSink out) {
        AnswerItem item = place.item;
        Seal seal = item.seal;
        boolean signed = seal != null && seal.origin().equals(Seal.CLAUDE);
        if (signed && item.parts().isEmpty() && !item.redacted) {
            part(item, AnswerPart.SUMMARY, out);
        }
    }

    private void unwrap(Place place, ByteSink out) {
        StringBuilder wrapped = place.wrapped;
        if (wrapped != null) {
            place.wrapped = null;
            String input = CalledTool.input(wrapped.toString());
            if (!input.isEmpty()) {
                argument(place.item, input, out);
            }
        }
    }

    /** The text of this block is superseded: its item ends incomplete, and a new one follows. */
    void restart(int block, ByteSink out) {
        Place place = places.get(block);
        if (place != null && place.item.open()) {
            place.item.broken = true;
            close(place.item, out);
        }
    }

    /** Ends what is open as the choice's end says. */
    void end(ChoiceEnded ended, ByteSink out) {
        if (ended.choice() == 0 && reason == null) {
            reason = ended.reason();
            AnswerItem item = openItem();
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

    private @Nullable AnswerItem openItem() {
        AnswerItem last = items.isEmpty() ? null : items.getLast();
        return last != null && last.open() ? last : null;
    }

    boolean allClosed() {
        return items.stream().noneMatch(AnswerItem::open);
    }

    void closeAll(ByteSink out) {
        for (Place place : List.copyOf(places.values())) {
            if (place.wrapped != null) {
                unwrap(place, out);
            }
        }
        for (AnswerItem item : items) {
            if (item.open()) {
                close(item, out);
            }
        }
    }

    /** Closes what is open inside an item. */
    void closeInside(AnswerItem item, ByteSink out) {
        closeParts(item, out);
        if (item.call() && !item.told) {
            item.told = true;
            boolean custom = item.type.equals(AnswerItem.CUSTOM_CALL);
            JsonOut json =
                    about(
                            item,
                            null,
                            custom
                                    ? "response.custom_tool_call_input.done"
                                    : "response.function_call_arguments.done");
            if (!custom) {
                json.name("name").raw(CalledTool.name(item.start));
            }
            AnswerPart.writeText(json, item.argumentsMember(), item.arguments);
            events.send(out);
        }
    }

    private void close(AnswerItem item, ByteSink out) {
        closeInside(item, out);
        item.close(item.asItStands(item.broken ? "incomplete" : "completed"));
        events.begin("response.output_item.done").member("output_index", item.index);
        events.json().name("item").raw(item.whole());
        events.send(out);
    }

    private void closeParts(AnswerItem item, ByteSink out) {
        for (AnswerPart part : item.parts()) {
            if (!part.told) {
                part.told = true;
                JsonOut json = about(item, part, part.events() + ".done");
                AnswerPart.writeText(json, part.member(), part.text);
                if (part.type.equals(AnswerPart.TEXT)) {
                    json.name("logprobs").open('[').close(']');
                }
                events.send(out);
            }
            if (!part.closed) {
                part.closed = true;
                JsonOut json = about(item, part, part.frame() + ".done").name("part");
                part.write(json);
                events.send(out);
            }
        }
    }

    // ---- the end of the answer

    /** The items as they were closed, a JSON array. */
    String output() {
        JsonOut out = new JsonOut(new Bytes(1024)).open('[');
        items.forEach(item -> out.raw(item.whole()));
        return out.close(']').bytes().toString();
    }

    /** What a failure leaves of the output: a call that is not whole was never made. */
    String outputSoFar() {
        JsonOut out = new JsonOut(new Bytes(1024)).open('[');
        items.stream()
                .filter(item -> !item.open() || !item.call())
                .forEach(item -> out.raw(item.whole()));
        return out.close(']').bytes().toString();
    }

    List<Json> outputItems() {
        return items.stream().map(item -> new Json(item.whole())).toList();
    }

    /** Why the answer is incomplete, null if it is not. */
    @Nullable String incompleteReason() {
        return switch (reason) {
            case null -> null;
            case LENGTH, CONTEXT_WINDOW -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            case REFUSAL -> declined() ? null : "content_filter";
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> null;
        };
    }

    /** Whether the model said in words that it declines. */
    private boolean declined() {
        return items.stream()
                .flatMap(item -> item.content.stream())
                .anyMatch(part -> part.type.equals(AnswerPart.REFUSAL));
    }

    /** The answer at its good end, all items being closed. */
    byte[] whole(Usage usage) {
        String incomplete = incompleteReason();
        String status = incomplete == null ? "completed" : "incomplete";
        return response.ended(status, incomplete, null, output(), usage);
    }
}
