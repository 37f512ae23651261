package dev.midstream.protocol.responses;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.responses.RawEvent.Edit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/*
 * An event of an upstream of this protocol goes to the client byte by byte where what it is about is what the client has been
 * shown: the same item in the same place, the same part. What may change in it are the answer's id, the number, the item's id
 * (Copilot gives a new one with each event) and the proof of origin of reasoning. What does not fit is told anew.
 */
/** Writes events as they came, and enters them in what the client has been shown. */
final class ForwardedEvents {

    private static final byte[] TEXT_DELTA = EventScan.ascii("response.output_text.delta");

    private final AnswerWriter writer;
    private final ResponseObject response;
    private final EventScan scan = new EventScan();
    private final RawEvent raw;
    private @Nullable Frame terminal;

    ForwardedEvents(AnswerWriter writer, ResponseObject response) {
        this.writer = writer;
        this.response = response;
        this.raw = new RawEvent(scan, writer.events);
    }

    /** The event that ends the answer, kept until all is told; null as long as it has not come. */
    @Nullable Frame terminal() {
        return terminal;
    }

    /** The place that the frame looked at last gives its item. */
    int upstreamIndex() {
        return scan.outputIndex;
    }

    /** Writes a frame as it came; false if it has to be told by its events. */
    boolean forward(Frame frame, ByteSink out) {
        if (!scan.scan(frame)) {
            scan.outputIndex = AnswerItem.NOT_TOLD;
            return false;
        }
        if (scan.isType(TEXT_DELTA) && frame.size() == 1 && frame.event(0) instanceof Delta) {
            return piece(AnswerPart.TEXT, frame, out);
        }
        try {
            return forward(scan.text(scan.type), frame, out);
        } catch (JacksonException | IllegalArgumentException oddlyNested) {
            return false;
        }
    }

    private boolean forward(String type, Frame frame, ByteSink out) {
        return switch (type) {
            case "response.created" -> created(frame, out);
            case "response.queued", "response.in_progress" -> progress(type, frame, out);
            case "response.completed", "response.incomplete" -> terminal(frame);
            case "keepalive" -> true;
            case "response.output_item.added" -> itemAdded(frame, out);
            case "response.output_item.done" -> itemDone(frame, out);
            case "response.content_part.added", "response.reasoning_summary_part.added" ->
                    partAdded(frame, out);
            case "response.content_part.done", "response.reasoning_summary_part.done" ->
                    partDone(frame, out);
            case "response.output_text.delta" -> piece(AnswerPart.TEXT, frame, out);
            case "response.refusal.delta" -> piece(AnswerPart.REFUSAL, frame, out);
            case "response.reasoning_text.delta" -> piece(AnswerPart.REASONING, frame, out);
            case "response.reasoning_summary_text.delta" -> piece(AnswerPart.SUMMARY, frame, out);
            case "response.output_text.done",
                    "response.refusal.done",
                    "response.reasoning_text.done",
                    "response.reasoning_summary_text.done" ->
                    told(frame, out);
            case "response.function_call_arguments.delta" -> argument(AnswerItem.CALL, frame, out);
            case "response.custom_tool_call_input.delta" ->
                    argument(AnswerItem.CUSTOM_CALL, frame, out);
            case "response.function_call_arguments.done", "response.custom_tool_call_input.done" ->
                    allArguments(frame, out);
            case "response.output_text.annotation.added" -> annotation(frame, out);
            default -> further(frame, out);
        };
    }

    // ---- the answer

    private boolean created(Frame frame, ByteSink out) {
        if (writer.created() || !scan.response.there() || !isNamed(frame)) {
            return false;
        }
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof Opened opened) {
                response.open(opened, scan.slice(scan.response));
            }
        }
        writer.lifecycle(false);
        write(frame, out, RawEvent.edit(scan.response, response.edited(scan.slice(scan.response))));
        return true;
    }

    private static boolean isNamed(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof Opened opened) {
                return !opened.model().isEmpty() && opened.created() != 0;
            }
        }
        return false;
    }

    private boolean progress(String type, Frame frame, ByteSink out) {
        if (!writer.created()) {
            return false;
        }
        if (!writer.begun() && scan.response.there()) {
            writer.lifecycle(type.equals("response.in_progress"));
            write(
                    frame,
                    out,
                    RawEvent.edit(scan.response, response.edited(scan.slice(scan.response))));
        }
        return true;
    }

    private boolean terminal(Frame frame) {
        boolean object = scan.response.there() && scan.bytes[scan.response.from] == '{';
        if (!object || !writer.items.allClosed()) {
            return false;
        }
        terminal = frame.copy();
        enter(frame, null, null);
        return true;
    }

    /** The answer's end as it came, but with the client's id and the items that it was shown. */
    byte[] ended(Frame frame) {
        scan.scan(frame);
        JsonSplice whole = JsonSplice.of(response.edited(scan.slice(scan.response)));
        return whole.set("output", writer.items.output()).bytes();
    }

    // ---- items

    private boolean itemAdded(Frame frame, ByteSink out) {
        if (!writer.created()
                || !scan.item.there()
                || scan.outputIndex != writer.items.size()
                || !writer.items.allClosed()) {
            return false;
        }
        byte[] told = scan.slice(scan.item);
        JsonSplice item = JsonSplice.of(told);
        String type = Members.text(item, "type");
        String id = Members.text(item, "id");
        if (type.isEmpty() || id.isEmpty() || writer.items.know(id)) {
            return false;
        }
        if (item.has("encrypted_content")) {
            item.set("encrypted_content", "null");
        }
        writer.begin(out);
        AnswerItem added =
                new AnswerItem(writer.items.size(), type, id, item.bytes(), scan.outputIndex);
        writer.items.add(added);
        enter(frame, added, null);
        write(frame, out, RawEvent.edit(scan.item, added.start));
        return true;
    }

    private boolean itemDone(Frame frame, ByteSink out) {
        AnswerItem item = item();
        if (item == null || !scan.item.there() || !item.toldWhole()) {
            return false;
        }
        JsonSplice done = JsonSplice.of(scan.slice(scan.item));
        if (!Members.text(done, "type").equals(item.type)) {
            return false;
        }
        enter(frame, item, null);
        writer.telling.closeInside(item, out);
        if (!Members.text(done, "id").equals(item.id)) {
            done.setString("id", item.id);
        }
        if (done.has("encrypted_content")) {
            done.set("encrypted_content", "null");
            if (item.seal != null) {
                done.setString("encrypted_content", item.seal.written(""));
            }
        }
        byte[] whole = done.bytes();
        item.close(new String(whole, StandardCharsets.UTF_8));
        write(frame, out, RawEvent.edit(scan.item, whole));
        return true;
    }

    /** The item that the event is about, null if the client does not have it open. */
    private @Nullable AnswerItem item() {
        int index = scan.outputIndex;
        if (index < 0 || index >= writer.items.size()) {
            return null;
        }
        AnswerItem item = writer.items.get(index);
        return item.open() && item.upstreamIndex == index ? item : null;
    }

    // ---- parts

    private boolean partAdded(Frame frame, ByteSink out) {
        AnswerItem item = item();
        if (item == null || !scan.part.there()) {
            return false;
        }
        boolean summary = scan.summaryIndex >= 0;
        List<AnswerPart> parts = summary ? item.summary : item.content;
        if ((summary ? scan.summaryIndex : scan.contentIndex) != parts.size()) {
            return false;
        }
        AnswerPart part = item.added(Members.text(JsonSplice.of(scan.slice(scan.part)), "type"));
        enter(frame, item, part);
        write(frame, out, null);
        return true;
    }

    private boolean piece(String type, Frame frame, ByteSink out) {
        AnswerItem item = item();
        AnswerPart part = item == null ? null : part(item);
        if (item == null
                || part == null
                || part.told
                || !part.type.equals(type)
                || !scan.delta.there()) {
            return false;
        }
        part.text.write(scan.bytes, scan.delta.from, scan.delta.to - scan.delta.from);
        enter(frame, item, part);
        write(frame, out, null);
        return true;
    }

    private @Nullable AnswerPart part(AnswerItem item) {
        return scan.summaryIndex >= 0
                ? item.summary(scan.summaryIndex)
                : item.content(scan.contentIndex);
    }

    private boolean told(Frame frame, ByteSink out) {
        AnswerItem item = item();
        AnswerPart part = item == null ? null : part(item);
        if (item == null || part == null || part.told) {
            return false;
        }
        part.told = true;
        enter(frame, item, part);
        write(frame, out, null);
        return true;
    }

    private boolean partDone(Frame frame, ByteSink out) {
        AnswerItem item = item();
        AnswerPart part = item == null ? null : part(item);
        if (item == null || part == null || part.closed || !part.told) {
            return false;
        }
        part.closed = true;
        enter(frame, item, part);
        write(frame, out, null);
        return true;
    }

    private boolean annotation(Frame frame, ByteSink out) {
        AnswerItem item = item();
        AnswerPart part = item == null ? null : part(item);
        if (item == null || part == null || !scan.annotation.there()) {
            return false;
        }
        part.annotations.add(scan.text(scan.annotation));
        enter(frame, item, part);
        write(frame, out, null);
        return true;
    }

    // ---- calls

    private boolean argument(String type, Frame frame, ByteSink out) {
        AnswerItem item = item();
        if (item == null || item.told || !item.type.equals(type) || !scan.delta.there()) {
            return false;
        }
        item.arguments.write(scan.bytes, scan.delta.from, scan.delta.to - scan.delta.from);
        enter(frame, item, null);
        write(frame, out, null);
        return true;
    }

    private boolean allArguments(Frame frame, ByteSink out) {
        AnswerItem item = item();
        if (item == null || item.told) {
            return false;
        }
        item.told = true;
        enter(frame, item, null);
        write(frame, out, null);
        return true;
    }

    /** What is not known more closely, but is about an item that the client has. */
    private boolean further(Frame frame, ByteSink out) {
        AnswerItem item = item();
        if (scan.outputIndex >= 0 && item == null || !writer.created()) {
            return false;
        }
        enter(frame, item, null);
        write(frame, out, null);
        return true;
    }

    // ---- writing

    /** Enters what the events say of blocks. */
    private void enter(Frame frame, @Nullable AnswerItem item, @Nullable AnswerPart part) {
        for (int i = 0; i < frame.size(); i++) {
            StreamEvent event = frame.event(i);
            switch (event) {
                case BlockStarted started -> {
                    if (item != null) {
                        writer.place(started, item, part);
                    }
                }
                case StreamEvent.Signed signed -> writer.seal(signed.block(), signed.seal());
                case StreamEvent.ChoiceEnded ended -> writer.ended(ended);
                default -> {}
            }
        }
    }

    private void write(Frame frame, ByteSink out, @Nullable Edit edit) {
        raw.write(frame, scan.itemId.there() ? item() : null, edit, out);
    }

    /** Writes the end of the answer as it came, with this object in it. */
    void end(Frame frame, byte[] object, ByteSink out) {
        scan.scan(frame);
        write(frame, out, RawEvent.edit(scan.response, object));
    }
}
