package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonStringWriter;
import dev.midstream.protocol.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events that tell of an item, from its announcement to its end, and enters in it what
 * has been told. Event-loop confined.
 */
final class ItemEvents {

    private final EventOut events;

    ItemEvents(EventOut events) {
        this.events = events;
    }

    void announce(AnswerItem item, ByteSink out) {
        events.begin("response.output_item.added").member("output_index", item.index);
        events.json().name("item").raw("");
        events.write(item.start);
        events.send(out);
    }

    /** Opens a further part of an item. */
    AnswerPart part(AnswerItem item, String type, ByteSink out) {
        AnswerPart part = item.added(type);
        about(item, part, part.frame() + ".added").name("part");
        part.writeEmpty(events.json());
        events.send(out);
        return part;
    }

    private JsonOut about(AnswerItem item, @Nullable AnswerPart part, String type) {
        return about(events.begin(type), item, part);
    }

    private static JsonOut about(JsonOut json, AnswerItem item, @Nullable AnswerPart part) {
        json.member("item_id", item.id).member("output_index", item.index);
        return part == null ? json : json.member(part.indexMember(), part.index);
    }

    void text(AnswerItem item, AnswerPart part, String piece, ByteSink out) {
        int from = part.text.length();
        JsonStringWriter.writeBare(part.text, piece);
        PieceEvent event = part.piece;
        if (event == null) {
            boolean text = part.type.equals(AnswerPart.TEXT);
            event = PieceEvent.of(part.delta, where(item, part), text ? ",\"logprobs\":[]" : "");
            part.piece = event;
        }
        events.send(event, part.text, from, out);
    }

    /** The members that say what an event is about, each with a comma behind it. */
    private static Bytes where(AnswerItem item, @Nullable AnswerPart part) {
        JsonOut json = about(new JsonOut(new Bytes(128)), item, part);
        return json.bytes().write(',');
    }

    void argument(AnswerItem item, String piece, ByteSink out) {
        int from = item.arguments.length();
        JsonStringWriter.writeBare(item.arguments, piece);
        PieceEvent event = item.piece;
        if (event == null) {
            event = PieceEvent.of(item.delta, where(item, null), "");
            item.piece = event;
        }
        events.send(event, item.arguments, from, out);
    }

    /** Closes what is open inside an item. */
    void closeInside(AnswerItem item, ByteSink out) {
        closeParts(item, out);
        if (item.call() && !item.told) {
            item.told = true;
            JsonOut json = about(item, null, item.argumentEvents() + ".done");
            if (item.type.equals(AnswerItem.CALL)) {
                json.name("name").raw(CalledTool.name(item.start));
            }
            AnswerPart.writeText(json, item.argumentsMember(), item.arguments);
            events.send(out);
        }
    }

    /** Closes an item and all that is open inside it. */
    void close(AnswerItem item, ByteSink out) {
        closeInside(item, out);
        item.close(item.asItStands(item.broken ? "incomplete" : "completed"));
        events.begin("response.output_item.done").member("output_index", item.index);
        events.json().name("item").raw(item.whole());
        events.send(out);
    }

    void closeParts(AnswerItem item, ByteSink out) {
        for (AnswerPart part : item.parts()) {
            if (!part.told) {
                textDone(item, part, out);
            }
            if (!part.closed) {
                part.closed = true;
                part.write(about(item, part, part.frame() + ".done").name("part"));
                events.send(out);
            }
        }
    }

    private void textDone(AnswerItem item, AnswerPart part, ByteSink out) {
        part.told = true;
        JsonOut json = about(item, part, part.events() + ".done");
        AnswerPart.writeText(json, part.member(), part.text);
        if (part.type.equals(AnswerPart.TEXT)) {
            json.name("logprobs").open('[').close(']');
        }
        events.send(out);
    }
}
