package dev.midstream.protocol.responses;

import dev.midstream.protocol.responses.OutputItem.Kind;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The items of an answer's output by their places in it: their ids tell nothing, for some servers
 * give another one in every event. Event-loop confined.
 */
final class OutputItems {

    private static final int MOST_ITEMS = 10_000;

    private final Telling telling;
    private final TreeMap<Integer, OutputItem> items = new TreeMap<>();
    private @Nullable OutputItem latest;

    OutputItems(Telling telling) {
        this.telling = telling;
    }

    Iterable<OutputItem> all() {
        return items.values();
    }

    @Nullable OutputItem at(int index) {
        return items.get(index);
    }

    /** The place behind all others. */
    int next() {
        return items.isEmpty() ? 0 : items.lastKey() + 1;
    }

    /** The place that an event means; the latest one where it names none. */
    int place(EventReader event) {
        OutputItem last = latest;
        return event.outputIndex >= 0 ? event.outputIndex : last == null ? 0 : last.index;
    }

    @Nullable OutputItem find(EventReader event) {
        OutputItem last = latest;
        int index = event.outputIndex;
        return last != null && (index < 0 || last.index == index) ? last : items.get(index);
    }

    /** The item of an event, begun here if its announcement was lost; null if it does not fit. */
    @Nullable OutputItem ensure(EventReader event, Kind kind) {
        OutputItem item = find(event);
        if (item == null) {
            return add(Math.max(0, event.outputIndex), kind);
        }
        if (item.kind != kind || item.ended) {
            telling.malformed("An event does not fit its item");
            return null;
        }
        return item;
    }

    /** A new item; null where there would be too many. */
    @Nullable OutputItem add(int index, Kind kind) {
        if (items.size() >= MOST_ITEMS) {
            telling.fail("The upstream sent more than " + MOST_ITEMS + " items");
            return null;
        }
        OutputItem item = new OutputItem(index, kind);
        items.put(index, item);
        latest = item;
        return item;
    }
}
