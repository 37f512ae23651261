package dev.midstream.protocol.responses;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.Target;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.responses.OutputItem.Kind;
import dev.midstream.protocol.responses.OutputItem.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/*
 * Items are known by their place in the output alone, for some servers give another id in every event. A text block begins with
 * its first delta: what announces it (the item, the part) says nothing yet, and an answer that fails there can still be asked
 * for anew without a trace. Reasoning, calls and tools of the provider begin with their item. A block ends with the first event
 * that tells its text whole.
 *
 * Such events repeat what the deltas told. Where they tell more, the rest is said before them (told by `restored`, which has no
 * bytes of its own), so that an answer is whole although a piece was lost or the server sends no deltas at all; the response at
 * the end is read in the same way. Where they tell something else, what was delivered counts: the event is malformed, and if an
 * event had been skipped before, the answer has a hole and fails.
 */
/**
 * Says in canonical events what the events of a response say. What an event meant stands in {@link
 * #restored()} and {@link #events()} until the next one.
 *
 * <p><b>Source</b>: OpenAI's API reference on streaming responses and its SDKs' types (read
 * 2026-11).
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class ResponseEvents {

    private static final StreamEvent PINGED = new StreamEvent.Pinged();
    private static final StreamEvent TERMINATED = new StreamEvent.Terminated();
    private static final int MOST_ITEMS = 10_000;
    private static final String PARAGRAPH = "\n\n";

    private final Target target;
    private final List<StreamEvent> events = new ArrayList<>();
    private final List<StreamEvent> restored = new ArrayList<>();
    private final TreeMap<Integer, OutputItem> items = new TreeMap<>();
    private @Nullable OutputItem latest;
    private @Nullable Piece openText;
    private @Nullable OutputItem openItem;
    private int blocks;
    private boolean opened;
    private boolean called;
    private boolean torn;
    private boolean extras;

    ResponseEvents(Target target) {
        this.target = target;
    }

    /** What the event said; never empty, but for what only {@link #restored()} tells. */
    List<StreamEvent> events() {
        return events;
    }

    /** What had not been said before this event, although the event shows that it was due. */
    List<StreamEvent> restored() {
        return restored;
    }

    /** Whether the event's bytes hold more than its canonical events. */
    boolean extras() {
        return extras;
    }

    /** An event was skipped: from now on a text that does not fit has a hole. */
    void torn() {
        torn = true;
    }

    /** Takes one event of a stream. */
    void take(EventReader event) {
        begin();
        switch (event.type) {
            case EventReader.TEXT_DELTA -> text(event, BlockKind.TEXT);
            case "response.refusal.delta" -> text(event, BlockKind.REFUSAL);
            case "response.reasoning_summary_text.delta" ->
                    thought(event, ~Math.max(0, event.summaryIndex));
            case "response.reasoning_text.delta" -> thought(event, Math.max(0, event.contentIndex));
            case "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta" ->
                    arguments(event);
            default -> structure(event);
        }
        finish(event.extras);
    }

    private void structure(EventReader event) {
        JsonNode tree = event.tree();
        switch (event.type) {
            case "response.created", "response.in_progress", "response.queued" ->
                    opened(tree.path("response"));
            case "response.output_item.added" -> added(event, tree.path("item"));
            case "response.output_item.done" ->
                    done(itemIndex(event), tree.path("item"), tree, event.outputIndex < 0);
            case "response.content_part.added" -> extras = true;
            case "response.reasoning_summary_part.added" -> summaryPart(event);
            case "response.output_text.done" ->
                    textDone(event, BlockKind.TEXT, JsonTree.text(tree, "text"));
            case "response.refusal.done" ->
                    textDone(event, BlockKind.REFUSAL, JsonTree.text(tree, "refusal"));
            case "response.content_part.done" -> extras = true;
            case "response.output_text.annotation.added" -> attached(event, tree);
            case "response.reasoning_summary_text.done" ->
                    thoughtDone(event, ~Math.max(0, event.summaryIndex), tree);
            case "response.reasoning_text.done" ->
                    thoughtDone(event, Math.max(0, event.contentIndex), tree);
            case "response.reasoning_summary_part.done" -> extras = true;
            case "response.function_call_arguments.done" ->
                    argumentsDone(event, JsonTree.text(tree, "arguments"));
            case "response.custom_tool_call_input.done" ->
                    argumentsDone(event, JsonTree.text(tree, "input"));
            case "response.completed", "response.incomplete", "response.failed" ->
                    ended(tree.path("response"), event.type);
            case "response.cancelled" -> ended(tree.path("response"), event.type);
            default -> other(event);
        }
    }

    /** Takes a whole response: what a stream would have told, in one. */
    void takeWhole(JsonNode response) {
        begin();
        opened(response);
        List<StreamEvent> all = new ArrayList<>(events);
        events.clear();
        String status = JsonTree.text(response, "status");
        ended(response, "response." + (status.isEmpty() ? "completed" : status));
        all.addAll(restored);
        restored.clear();
        events.addAll(0, all);
        finish(true);
    }

    private void begin() {
        events.clear();
        restored.clear();
        extras = false;
    }

    private void finish(boolean more) {
        extras |= more;
        if (events.isEmpty()) {
            events.add(PINGED);
        }
    }

    // ---- items

    private void opened(JsonNode response) {
        extras = true;
        if (opened) {
            return;
        }
        opened = true;
        String id = JsonTree.text(response, "id");
        boolean kept = !id.isEmpty() && response.path("store").asBoolean(true);
        events.add(
                new StreamEvent.Opened(
                        id,
                        JsonTree.text(response, "model"),
                        JsonTree.number(response, "created_at", 0),
                        kept ? new Held(target.id(), id) : null));
    }

    private void added(EventReader event, JsonNode item) {
        Kind kind = Kind.of(JsonTree.text(item, "type"));
        int index = event.outputIndex >= 0 ? event.outputIndex : next();
        OutputItem known = items.get(index);
        if (known != null) {
            if (known.kind != kind) {
                fail("The upstream announced two items at one place of its output");
            }
            return;
        }
        extras = true;
        OutputItem fresh = start(index, kind);
        if (fresh != null && kind != Kind.MESSAGE) {
            start(fresh, item, events);
        }
    }

    private int next() {
        return items.isEmpty() ? 0 : items.lastKey() + 1;
    }

    private @Nullable OutputItem start(int index, Kind kind) {
        if (items.size() >= MOST_ITEMS) {
            fail("The upstream sent more than " + MOST_ITEMS + " items");
            return null;
        }
        OutputItem item = new OutputItem(index, kind);
        items.put(index, item);
        latest = item;
        return item;
    }

    /** Starts an item that is one block. */
    private void start(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        settle(to);
        item.block = blocks++;
        called |= item.kind.call();
        openItem = item.kind.call() ? null : item;
        switch (item.kind) {
            case MESSAGE, REASONING -> to.add(BlockStarted.of(item.block, 0, BlockKind.REASONING));
            case CALL, CUSTOM_CALL ->
                    to.add(
                            new BlockStarted(
                                    item.block,
                                    0,
                                    BlockKind.TOOL_CALL,
                                    new StreamEvent.ToolCallHead(
                                            callId(raw),
                                            JsonTree.text(raw, "name"),
                                            item.kind == Kind.CUSTOM_CALL),
                                    namespace(raw)));
            case OPAQUE ->
                    to.add(
                            new BlockStarted(
                                    item.block, 0, BlockKind.OPAQUE, null, JsonTree.json(raw)));
        }
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

    private static String callId(JsonNode raw) {
        String id = JsonTree.text(raw, "call_id");
        return id.isEmpty() ? JsonTree.text(raw, "id") : id;
    }

    private static @Nullable Json namespace(JsonNode raw) {
        JsonNode namespace = raw.path("namespace");
        return namespace.isString() ? new Json("{\"namespace\":" + namespace + "}") : null;
    }

    private int itemIndex(EventReader event) {
        OutputItem last = latest;
        return event.outputIndex >= 0 ? event.outputIndex : last == null ? 0 : last.index;
    }

    private @Nullable OutputItem find(EventReader event) {
        OutputItem last = latest;
        int index = event.outputIndex;
        if (last != null && (index < 0 || last.index == index)) {
            return last;
        }
        return items.get(index);
    }

    /** The item of an event, begun here if its announcement was lost; null if it does not fit. */
    private @Nullable OutputItem ensure(EventReader event, Kind kind) {
        OutputItem item = find(event);
        if (item == null) {
            return start(Math.max(0, event.outputIndex), kind);
        }
        if (item.kind != kind || item.ended) {
            malformed("An event does not fit its item");
            return null;
        }
        return item;
    }

    // ---- messages

    private void text(EventReader event, BlockKind kind) {
        if (event.delta.isEmpty()) {
            return;
        }
        OutputItem item = ensure(event, Kind.MESSAGE);
        Piece piece = item == null ? null : item.piece(Math.max(0, event.contentIndex), kind);
        if (piece == null) {
            return;
        }
        if (piece.kind != kind || piece.ended) {
            malformed("A delta does not fit its part");
            return;
        }
        say(piece, event.delta, events);
    }

    private void say(Piece piece, String text, List<StreamEvent> to) {
        if (piece.block == OutputItem.NO_BLOCK) {
            settle(to);
            piece.block = blocks++;
            openText = piece;
            to.add(BlockStarted.of(piece.block, 0, piece.kind));
        }
        piece.add(text);
        to.add(new Delta(piece.block, text));
    }

    private void textDone(EventReader event, BlockKind kind, String whole) {
        extras = true;
        OutputItem item = ensure(event, Kind.MESSAGE);
        Piece piece = item == null ? null : item.piece(Math.max(0, event.contentIndex), kind);
        if (piece != null && piece.kind == kind) {
            textDone(piece, whole, events);
        }
    }

    private void textDone(Piece piece, String whole, List<StreamEvent> to) {
        if (piece.ended) {
            return;
        }
        String missing = missing(piece, whole);
        if (missing != null && !missing.isEmpty()) {
            say(piece, missing, restored);
        }
        piece.ended = true;
        if (piece.block != OutputItem.NO_BLOCK && unfailed()) {
            to.add(new BlockEnded(piece.block));
        }
    }

    /** What the whole tells that had not come; an empty whole tells nothing. */
    private @Nullable String missing(Piece piece, String whole) {
        if (whole.isEmpty()) {
            return null;
        }
        String missing = piece.missing(whole);
        if (missing == null && torn) {
            fail("A piece of the upstream's answer was lost");
        } else if (missing == null) {
            restored.add(new StreamEvent.Malformed("A text differs from what had been told of it"));
        }
        return missing;
    }

    private void attached(EventReader event, JsonNode tree) {
        OutputItem item = find(event);
        Piece piece = item == null ? null : item.known(Math.max(0, event.contentIndex));
        extras = true;
        if (piece != null && piece.block != OutputItem.NO_BLOCK) {
            events.add(new StreamEvent.Attached(piece.block, JsonTree.json(tree)));
        }
    }

    // ---- reasoning

    private void thought(EventReader event, int number) {
        OutputItem item = event.delta.isEmpty() ? null : ensure(event, Kind.REASONING);
        Piece piece = item == null ? null : item.piece(number, BlockKind.REASONING);
        if (item != null && piece != null && !piece.ended) {
            think(item, piece, event.delta, events);
        }
    }

    private void think(OutputItem item, Piece piece, String text, List<StreamEvent> to) {
        begun(item, to);
        if (piece.length == 0 && !piece.separated && !item.saidNothing()) {
            to.add(new Delta(item.block, PARAGRAPH));
        }
        piece.add(text);
        to.add(new Delta(item.block, text));
    }

    private void begun(OutputItem item, List<StreamEvent> to) {
        if (item.block == OutputItem.NO_BLOCK) {
            settle(to);
            item.block = blocks++;
            openItem = item;
            to.add(BlockStarted.of(item.block, 0, BlockKind.REASONING));
        }
    }

    private void summaryPart(EventReader event) {
        extras = true;
        OutputItem item = find(event);
        if (item == null
                || item.kind != Kind.REASONING
                || item.saidNothing()
                || item.block == OutputItem.NO_BLOCK) {
            return;
        }
        Piece piece = item.piece(~Math.max(0, event.summaryIndex), BlockKind.REASONING);
        if (piece != null && piece.length == 0 && !piece.separated) {
            piece.separated = true;
            events.add(new Delta(item.block, PARAGRAPH));
        }
    }

    private void thoughtDone(EventReader event, int number, JsonNode tree) {
        extras = true;
        OutputItem item = ensure(event, Kind.REASONING);
        Piece piece = item == null ? null : item.piece(number, BlockKind.REASONING);
        if (item != null && piece != null) {
            thoughtDone(item, piece, JsonTree.text(tree, "text"));
        }
    }

    private void thoughtDone(OutputItem item, Piece piece, String whole) {
        String missing = piece.ended ? null : missing(piece, whole);
        if (missing != null && !missing.isEmpty()) {
            think(item, piece, missing, restored);
        }
        piece.ended = true;
    }

    // ---- calls

    private void arguments(EventReader event) {
        OutputItem item = find(event);
        if (event.delta.isEmpty() || item == null) {
            return;
        }
        Piece piece = item.kind.call() ? item.piece(0, BlockKind.TOOL_CALL) : null;
        if (piece == null || piece.ended) {
            malformed("A piece came of something that is no open call");
        } else {
            piece.add(event.delta);
            events.add(new Delta(item.block, event.delta));
        }
    }

    private void argumentsDone(EventReader event, String whole) {
        extras = true;
        OutputItem item = find(event);
        if (item != null && item.kind.call()) {
            argumentsDone(item, whole, events);
        }
    }

    private void argumentsDone(OutputItem item, String whole, List<StreamEvent> to) {
        Piece piece = item.piece(0, BlockKind.TOOL_CALL);
        if (piece == null || piece.ended) {
            return;
        }
        String missing = missing(piece, whole);
        if (missing != null && !missing.isEmpty()) {
            piece.add(missing);
            restored.add(new Delta(item.block, missing));
        }
        piece.ended = true;
        if (unfailed()) {
            to.add(new BlockEnded(item.block));
        }
    }

    // ---- the end of an item

    /**
     * @param event the whole event, for what is carried as it came
     */
    private void done(int index, JsonNode raw, JsonNode event, boolean guessed) {
        extras = true;
        Kind kind = Kind.of(JsonTree.text(raw, "type"));
        OutputItem item = items.get(index);
        if (item == null || guessed && item.ended) {
            whole(item == null ? index : next(), kind, raw);
        } else if (item.kind != kind) {
            malformed("An item ended as something else than it began");
        } else if (!item.ended) {
            if (kind == Kind.OPAQUE && item.block != OutputItem.NO_BLOCK) {
                events.add(new StreamEvent.Attached(item.block, JsonTree.json(event)));
            }
            end(item, raw, events);
        }
    }

    /** An item of which nothing had come. */
    private void whole(int index, Kind kind, JsonNode raw) {
        OutputItem item = start(index, kind);
        if (item != null) {
            if (kind != Kind.MESSAGE) {
                start(item, raw, restored);
            }
            end(item, raw, restored);
        }
    }

    private void end(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        item.ended = true;
        switch (item.kind) {
            case MESSAGE -> messageEnded(item, raw, to);
            case REASONING -> reasoningEnded(item, raw, to);
            case CALL -> argumentsDone(item, JsonTree.text(raw, "arguments"), to);
            case CUSTOM_CALL -> argumentsDone(item, JsonTree.text(raw, "input"), to);
            case OPAQUE -> {
                if (item.block != OutputItem.NO_BLOCK) {
                    to.add(new BlockEnded(item.block));
                }
            }
        }
    }

    private void messageEnded(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        int number = 0;
        for (JsonNode part : raw.path("content")) {
            boolean refusal = JsonTree.text(part, "type").equals("refusal");
            BlockKind kind = refusal ? BlockKind.REFUSAL : BlockKind.TEXT;
            Piece piece = item.piece(number++, kind);
            if (piece != null && piece.kind == kind) {
                List<StreamEvent> place = piece.block == OutputItem.NO_BLOCK ? restored : to;
                textDone(piece, JsonTree.text(part, refusal ? "refusal" : "text"), place);
            }
        }
        for (Piece piece : item.pieces()) {
            textDone(piece, "", to);
        }
    }

    private void reasoningEnded(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        int number = 0;
        for (JsonNode part : raw.path("summary")) {
            thoughtPart(item, ~number++, part);
        }
        number = 0;
        for (JsonNode part : raw.path("content")) {
            thoughtPart(item, number++, part);
        }
        begun(item, to);
        String sealed = JsonTree.text(raw, "encrypted_content");
        if (!sealed.isEmpty()) {
            to.add(new StreamEvent.Signed(item.block, new Seal(target.origin(), sealed)));
        }
        to.add(new BlockEnded(item.block));
    }

    private void thoughtPart(OutputItem item, int number, JsonNode part) {
        Piece piece = item.piece(number, BlockKind.REASONING);
        if (piece != null) {
            thoughtDone(item, piece, JsonTree.text(part, "text"));
        }
    }

    /** Whatever else happens to a tool that the provider runs belongs to it. */
    private void other(EventReader event) {
        OutputItem item = event.outputIndex < 0 ? null : find(event);
        if (item == null || item.kind != Kind.OPAQUE || item.ended) {
            return;
        }
        extras = true;
        if (item.block != OutputItem.NO_BLOCK) {
            events.add(new StreamEvent.Attached(item.block, JsonTree.json(event.tree())));
        }
    }

    // ---- the end

    private void ended(JsonNode response, String type) {
        extras = true;
        String status = JsonTree.text(response, "status");
        String word = status.isEmpty() || status.equals("in_progress") ? type : status;
        switch (word.substring(word.indexOf('.') + 1)) {
            case "completed" -> {
                lost(response);
                ends(called ? FinishReason.TOOL_CALLS : FinishReason.STOP, response);
            }
            case "incomplete" -> {
                lost(response);
                ends(cut(response), response);
            }
            case "cancelled" -> fail(new Failure.BadEnd("The upstream cancelled its answer"));
            case "failed" -> fail(failure(response));
            default -> fail(new Failure.BadEnd("The upstream's answer is not finished: " + status));
        }
    }

    private static FinishReason cut(JsonNode response) {
        String why = JsonTree.text(response.path("incomplete_details"), "reason");
        return why.equals("content_filter") ? FinishReason.CONTENT_FILTER : FinishReason.LENGTH;
    }

    private static Failure failure(JsonNode response) {
        JsonNode error = response.path("error");
        byte[] words =
                (JsonTree.isNothing(error) ? "{}" : error.toString())
                        .getBytes(StandardCharsets.UTF_8);
        var read = ErrorReader.inBand(words, 0, words.length);
        return new Failure.Refused(
                read == null ? ErrorReader.words(0, "The upstream failed") : read, true);
    }

    /** What the whole output shows and no event told, as long as both agree where items stand. */
    private void lost(JsonNode response) {
        int index = 0;
        for (JsonNode raw : response.path("output")) {
            Kind kind = Kind.of(JsonTree.text(raw, "type"));
            OutputItem item = items.get(index);
            if (item != null && item.kind != kind || !unfailed()) {
                return;
            }
            if (item == null) {
                whole(index, kind, raw);
            } else if (!item.ended) {
                end(item, raw, restored);
            }
            index++;
        }
    }

    private void ends(FinishReason reason, JsonNode response) {
        if (!unfailed()) {
            return;
        }
        for (Map.Entry<Integer, OutputItem> entry : items.entrySet()) {
            close(entry.getValue());
        }
        events.add(new StreamEvent.ChoiceEnded(0, reason, null));
        if (response.path("usage").isObject()) {
            events.add(new StreamEvent.UsageReported(ResponseUsage.read(response.path("usage"))));
        }
        events.add(TERMINATED);
    }

    /** Ends what the upstream left open. */
    private void close(OutputItem item) {
        if (item.ended) {
            return;
        }
        item.ended = true;
        for (Piece piece : item.pieces()) {
            if (item.kind == Kind.MESSAGE) {
                textDone(piece, "", events);
            }
        }
        Piece arguments = item.kind.call() ? item.known(0) : null;
        boolean open = item.block != OutputItem.NO_BLOCK;
        if (open && (arguments == null || !arguments.ended)) {
            events.add(new BlockEnded(item.block));
        }
    }

    private void malformed(String detail) {
        events.add(new StreamEvent.Malformed(detail));
    }

    private void fail(String message) {
        fail(new Failure.Garbled(message));
    }

    private void fail(Failure failure) {
        if (unfailed()) {
            events.add(new StreamEvent.Failed(failure));
        }
    }

    private boolean unfailed() {
        return events.isEmpty() || !(events.getLast() instanceof StreamEvent.Failed);
    }
}
