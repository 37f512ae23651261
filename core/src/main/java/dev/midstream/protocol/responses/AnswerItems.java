package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.model.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items that the client has been shown, in their order. Event-loop confined. */
final class AnswerItems {

    private final List<AnswerItem> items = new ArrayList<>();

    void add(AnswerItem item) {
        items.add(item);
    }

    int size() {
        return items.size();
    }

    AnswerItem get(int index) {
        return items.get(index);
    }

    boolean know(String id) {
        return items.stream().anyMatch(item -> item.id.equals(id));
    }

    /** The last item if it is open, else null. */
    @Nullable AnswerItem lastOpen() {
        AnswerItem last = items.isEmpty() ? null : items.getLast();
        return last != null && last.open() ? last : null;
    }

    List<AnswerItem> open() {
        return items.stream().filter(AnswerItem::open).toList();
    }

    boolean allClosed() {
        return items.stream().noneMatch(AnswerItem::open);
    }

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

    List<Json> written() {
        return items.stream().map(item -> new Json(item.whole())).toList();
    }

    /** Whether the model said in words that it declines. */
    boolean decline() {
        return items.stream()
                .flatMap(item -> item.content.stream())
                .anyMatch(part -> part.type.equals(AnswerPart.REFUSAL));
    }
}
