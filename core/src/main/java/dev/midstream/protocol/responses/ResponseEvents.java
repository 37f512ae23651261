package dev.midstream.protocol.responses;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Held;
import dev.midstream.model.ProviderError;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.Target;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.responses.OutputItem.Kind;
import dev.midstream.protocol.responses.OutputItem.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/*
 * A text block begins with its first delta: what announces it (the item, the part) says nothing yet, and an answer that fails
 * there can still be asked for anew without a trace. Reasoning, calls and tools of the provider begin with their item. A block
 * ends with the first event that tells its text whole.
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

    private final Target target;
    private final Telling telling = new Telling();
    private final OutputItems items = new OutputItems(telling);
    private final MessageReading messages = new MessageReading(items, telling);
    private final CallReading calls = new CallReading(items, telling);
    private final ReasoningReading reasoning;
    private boolean opened;

    ResponseEvents(Target target) {
        this.target = target;
        this.reasoning = new ReasoningReading(items, telling, target.origin());
    }

    /** What the event said: at least one canonical event. */
    List<StreamEvent> events() {
        return telling.events;
    }

    /** What had not been said before this event, although the event shows that it was due. */
    List<StreamEvent> restored() {
        return telling.restored;
    }

    /** Whether the event's bytes hold more than its canonical events. */
    boolean extras() {
        return telling.extras;
    }

    /** Whether the event may be passed on as it came: it tells nothing else than was told. */
    boolean faithful(EventReader event) {
        OutputItem item = event.type.endsWith(".done") ? items.find(event) : null;
        return item == null || !item.differs;
    }

    /** The text that the last delta belongs to, null if there was none yet. */
    @Nullable Piece growing() {
        return telling.growing;
    }

    /** An event was skipped. */
    void torn() {
        telling.torn();
    }

    /** Takes one event of a stream. */
    void take(EventReader event) {
        telling.begin();
        switch (event.type) {
            case EventReader.TEXT_DELTA -> messages.delta(event, BlockKind.TEXT);
            case "response.refusal.delta" -> messages.delta(event, BlockKind.REFUSAL);
            case "response.reasoning_summary_text.delta" ->
                    reasoning.delta(event, ReasoningReading.summary(event));
            case "response.reasoning_text.delta" ->
                    reasoning.delta(event, ReasoningReading.text(event));
            case "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta" ->
                    calls.delta(event);
            default -> structure(event, event.tree());
        }
        finish(event.extras);
    }

    private void structure(EventReader event, JsonNode tree) {
        switch (event.type) {
            case "response.created", "response.in_progress", "response.queued" ->
                    opened(tree.path("response"));
            case "response.output_item.added" -> added(event, tree.path("item"));
            case "response.output_item.done" -> done(event, tree);
            case "response.content_part.added",
                    "response.content_part.done",
                    "response.reasoning_summary_part.done" ->
                    telling.extras = true;
            case "response.completed",
                    "response.incomplete",
                    "response.failed",
                    "response.cancelled" ->
                    ended(tree.path("response"), event.type);
            default -> within(event, tree);
        }
    }

    private void within(EventReader event, JsonNode tree) {
        switch (event.type) {
            case "response.output_text.done" ->
                    messages.partDone(event, BlockKind.TEXT, JsonTree.text(tree, "text"));
            case "response.refusal.done" ->
                    messages.partDone(event, BlockKind.REFUSAL, JsonTree.text(tree, "refusal"));
            case "response.output_text.annotation.added" -> messages.annotation(event, tree);
            case "response.reasoning_summary_part.added" -> reasoning.summaryAdded(event);
            case "response.reasoning_summary_text.done" ->
                    reasoning.partDone(
                            event, ReasoningReading.summary(event), JsonTree.text(tree, "text"));
            case "response.reasoning_text.done" ->
                    reasoning.partDone(
                            event, ReasoningReading.text(event), JsonTree.text(tree, "text"));
            case "response.function_call_arguments.done" ->
                    calls.done(event, JsonTree.text(tree, "arguments"));
            case "response.custom_tool_call_input.done" ->
                    calls.done(event, JsonTree.text(tree, "input"));
            default -> other(event, tree);
        }
    }

    /** Takes a whole response: what a stream would have told, in one. */
    void takeWhole(JsonNode response) {
        telling.begin();
        opened(response);
        List<StreamEvent> all = new ArrayList<>(telling.events);
        telling.events.clear();
        String status = JsonTree.text(response, "status");
        ended(response, "response." + (status.isEmpty() ? "completed" : status));
        all.addAll(telling.restored);
        telling.restored.clear();
        telling.events.addAll(0, all);
        finish(true);
    }

    private void finish(boolean more) {
        telling.extras |= more;
        if (telling.events.isEmpty()) {
            telling.events.add(PINGED);
        }
    }

    private void opened(JsonNode response) {
        telling.extras = true;
        if (opened) {
            return;
        }
        opened = true;
        String id = JsonTree.text(response, "id");
        boolean kept = !id.isEmpty() && response.path("store").asBoolean(true);
        telling.events.add(
                new StreamEvent.Opened(
                        id,
                        JsonTree.text(response, "model"),
                        JsonTree.number(response, "created_at", 0),
                        kept ? new Held(target.id(), id) : null));
    }

    // ---- items

    private void added(EventReader event, JsonNode raw) {
        Kind kind = Kind.of(JsonTree.text(raw, "type"));
        int index = event.outputIndex >= 0 ? event.outputIndex : items.next();
        OutputItem known = items.at(index);
        if (known != null) {
            if (known.kind != kind) {
                telling.fail("The upstream announced two items at one place of its output");
            }
            return;
        }
        telling.extras = true;
        OutputItem item = items.add(index, kind);
        if (item != null) {
            begin(item, raw, telling.events);
        }
    }

    private void begin(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        switch (item.kind) {
            case MESSAGE -> {}
            case REASONING -> reasoning.begin(item, to);
            case CALL, CUSTOM_CALL -> calls.begin(item, raw, to);
            case OPAQUE -> telling.start(item, BlockKind.OPAQUE, null, JsonTree.json(raw), to);
        }
    }

    private void done(EventReader event, JsonNode tree) {
        telling.extras = true;
        JsonNode raw = tree.path("item");
        Kind kind = Kind.of(JsonTree.text(raw, "type"));
        int index = items.place(event);
        OutputItem item = items.at(index);
        if (item == null) {
            whole(index, kind, raw);
        } else if (item.ended && event.outputIndex < 0) {
            whole(items.next(), kind, raw);
        } else if (item.kind != kind) {
            telling.malformed("An item ended as something else than it began");
        } else if (!item.ended) {
            other(event, tree);
            end(item, raw, telling.events);
        }
    }

    /** An item of which nothing had come. */
    private void whole(int index, Kind kind, JsonNode raw) {
        OutputItem item = items.add(index, kind);
        if (item != null) {
            begin(item, raw, telling.restored);
            end(item, raw, telling.restored);
        }
    }

    private void end(OutputItem item, JsonNode raw, List<StreamEvent> to) {
        item.ended = true;
        switch (item.kind) {
            case MESSAGE -> messages.itemDone(item, raw, to);
            case REASONING -> reasoning.itemDone(item, raw, to);
            case CALL -> calls.done(item, JsonTree.text(raw, "arguments"), to);
            case CUSTOM_CALL -> calls.done(item, JsonTree.text(raw, "input"), to);
            case OPAQUE -> endBlock(item, to);
        }
    }

    private static void endBlock(OutputItem item, List<StreamEvent> to) {
        if (item.block != OutputItem.NO_BLOCK) {
            to.add(new BlockEnded(item.block));
        }
    }

    /** Whatever else happens to a tool that the provider runs belongs to it. */
    private void other(EventReader event, JsonNode tree) {
        OutputItem item = event.outputIndex < 0 ? null : items.find(event);
        if (item == null || item.kind != Kind.OPAQUE || item.ended) {
            return;
        }
        telling.extras = true;
        if (item.block != OutputItem.NO_BLOCK) {
            telling.events.add(new StreamEvent.Attached(item.block, JsonTree.json(tree)));
        }
    }

    // ---- the end

    private void ended(JsonNode response, String type) {
        telling.extras = true;
        String status = JsonTree.text(response, "status");
        String word = status.isEmpty() || status.equals("in_progress") ? type : status;
        switch (word.substring(word.indexOf('.') + 1)) {
            case "completed" -> {
                lost(response);
                ends(called() ? FinishReason.TOOL_CALLS : FinishReason.STOP, response);
            }
            case "incomplete" -> {
                lost(response);
                ends(cut(response), response);
            }
            case "cancelled" ->
                    telling.fail(new Failure.BadEnd("The upstream cancelled its answer"));
            case "failed" -> telling.fail(failure(response));
            default -> telling.fail(new Failure.BadEnd("The upstream's answer is not finished"));
        }
    }

    private boolean called() {
        for (OutputItem item : items.all()) {
            if (item.kind.call()) {
                return true;
            }
        }
        return false;
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
        ProviderError read = ErrorReader.inBand(words, 0, words.length);
        return new Failure.Refused(
                read == null ? ErrorReader.words(0, "The upstream failed") : read, true);
    }

    /** What the whole output shows and no event told, as long as both agree where items stand. */
    private void lost(JsonNode response) {
        int index = 0;
        for (JsonNode raw : response.path("output")) {
            Kind kind = Kind.of(JsonTree.text(raw, "type"));
            OutputItem item = items.at(index);
            if (item != null && item.kind != kind || telling.failed()) {
                return;
            }
            if (item == null) {
                whole(index, kind, raw);
            } else if (!item.ended) {
                end(item, raw, telling.restored);
            }
            index++;
        }
    }

    private void ends(FinishReason reason, JsonNode response) {
        if (telling.failed()) {
            return;
        }
        items.all().forEach(this::close);
        telling.events.add(new StreamEvent.ChoiceEnded(0, reason, null));
        JsonNode usage = response.path("usage");
        if (usage.isObject()) {
            telling.events.add(new StreamEvent.UsageReported(ResponseUsage.read(usage)));
        }
        telling.events.add(TERMINATED);
    }

    /** Ends what the upstream left open. */
    private void close(OutputItem item) {
        if (item.ended) {
            return;
        }
        item.ended = true;
        switch (item.kind) {
            case MESSAGE -> messages.close(item, telling.events);
            case REASONING, OPAQUE -> endBlock(item, telling.events);
            case CALL, CUSTOM_CALL -> calls.done(item, "", telling.events);
        }
    }
}
