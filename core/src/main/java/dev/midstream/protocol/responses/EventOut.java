package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.protocol.ByteSink;

/** Writes events and numbers them, from 0 on without a gap. Event-loop confined. */
final class EventOut {

    private static final int LARGEST_KEPT = 64 * 1024;

    private final Bytes buffer = new Bytes(1024);
    private final JsonOut json = new JsonOut(buffer);
    private int next;

    /** The number of the next event. */
    int next() {
        return next;
    }

    /** Begins an event of ours; its members follow, and {@link #send}. */
    JsonOut begin(String type) {
        buffer.clear(LARGEST_KEPT);
        buffer.text("event: ").text(type).text("\ndata: ");
        json.afresh().open('{').member("type", type).member("sequence_number", next++);
        return json;
    }

    /** The event that was begun. */
    JsonOut json() {
        return json;
    }

    /** Writes a value that is JSON already. */
    void write(byte[] value) {
        buffer.write(value);
    }

    void send(ByteSink out) {
        json.close('}');
        buffer.text("\n\n");
        out.write(buffer.array(), 0, buffer.length());
    }

    /**
     * Writes an event that brings a piece of a text.
     *
     * @param text the text as it stands in JSON, which the piece ends
     * @param from where the piece begins
     */
    void send(PieceEvent event, Bytes text, int from, ByteSink out) {
        buffer.clear(LARGEST_KEPT);
        buffer.write(event.head()).number(next++).write(event.middle());
        buffer.write(text.array(), from, text.length() - from).write(event.tail());
        out.write(buffer.array(), 0, buffer.length());
    }

    /** Begins an event that goes as it came; its bytes follow, and {@link #sendRaw}. */
    Bytes beginRaw(byte[] bytes, EventScan.Range type) {
        buffer.clear(LARGEST_KEPT);
        buffer.text("event: ").write(bytes, type.from, type.to - type.from).text("\ndata: ");
        next++;
        return buffer;
    }

    void sendRaw(ByteSink out) {
        buffer.text("\n\n");
        out.write(buffer.array(), 0, buffer.length());
    }
}
