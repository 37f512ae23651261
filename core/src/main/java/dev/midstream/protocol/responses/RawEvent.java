package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.model.Frame;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.responses.EventScan.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the event that was scanned last as it came but for its number, its item's id and at most
 * one further value. Event-loop confined.
 */
final class RawEvent {

    /** What stands in place of a range. */
    record Edit(int from, int to, byte[] with) {}

    private final EventScan scan;
    private final EventOut events;

    RawEvent(EventScan scan, EventOut events) {
        this.scan = scan;
        this.events = events;
    }

    static Edit edit(Range range, byte[] with) {
        return new Edit(range.from, range.to, with);
    }

    /**
     * @param item the item that the event names, as the client knows it; null to leave the name
     */
    void write(Frame frame, @Nullable AnswerItem item, @Nullable Edit edit, ByteSink out) {
        boolean numbered = scan.sequenceNumber == events.next();
        boolean named = item == null || scan.same(scan.itemId, item.idBytes);
        if (numbered && named && edit == null) {
            events.beginRaw(scan.bytes, scan.type)
                    .write(frame.bytes(), frame.offset(), frame.length());
        } else {
            edited(frame, edits(frame, numbered, named ? null : item, edit));
        }
        events.sendRaw(out);
    }

    private List<Edit> edits(
            Frame frame, boolean numbered, @Nullable AnswerItem renamed, @Nullable Edit edit) {
        List<Edit> edits = new ArrayList<>();
        if (!numbered) {
            edits.add(number(frame));
        }
        if (renamed != null) {
            edits.add(edit(scan.itemId, renamed.idBytes));
        }
        if (edit != null) {
            edits.add(edit);
        }
        edits.sort(Comparator.comparingInt(Edit::from));
        return edits;
    }

    private Edit number(Frame frame) {
        String number = Integer.toString(events.next());
        if (scan.sequence.there()) {
            return edit(scan.sequence, EventScan.ascii(number));
        }
        int behindBrace = frame.offset() + 1;
        return new Edit(
                behindBrace, behindBrace, EventScan.ascii("\"sequence_number\":" + number + ","));
    }

    private void edited(Frame frame, List<Edit> edits) {
        Bytes out = events.beginRaw(scan.bytes, scan.type);
        int at = frame.offset();
        for (Edit edit : edits) {
            out.write(frame.bytes(), at, edit.from - at).write(edit.with);
            at = edit.to;
        }
        out.write(frame.bytes(), at, frame.offset() + frame.length() - at);
    }
}
