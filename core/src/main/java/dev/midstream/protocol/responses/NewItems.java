package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.protocol.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes the items that are told by events of ours, each under an id of its own, and announces them.
 * Event-loop confined.
 */
final class NewItems {

    /** Writes the members of an item that is announced. */
    private interface Members {
        void write(JsonOut json);
    }

    private final AnswerItems items;
    private final ItemEvents telling;
    private final Supplier<String> minted;
    private final Set<String> callIds = new HashSet<>();

    NewItems(AnswerItems items, ItemEvents telling, Supplier<String> minted) {
        this.items = items;
        this.telling = telling;
        this.minted = minted;
    }

    /** A call of this id has been shown. */
    void taken(String callId) {
        callIds.add(callId);
    }

    AnswerItem message(int upstreamIndex, ByteSink out) {
        return added(AnswerItem.MESSAGE, upstreamIndex, NewItems::message, out);
    }

    private static void message(JsonOut json) {
        json.member("status", "in_progress").member("role", "assistant");
        json.name("content").open('[').close(']');
    }

    AnswerItem reasoning(BlockStarted started, int upstreamIndex, ByteSink out) {
        AnswerItem item = added(AnswerItem.REASONING, upstreamIndex, NewItems::summary, out);
        item.seal = Redacted.seal(started.raw());
        item.redacted = item.seal != null;
        return item;
    }

    private static void summary(JsonOut json) {
        json.name("summary").open('[').close(']');
    }

    /**
     * @param given the id by which the upstream calls it; another one is taken if it is empty or
     *     taken
     */
    AnswerItem call(CalledTool called, String given, int upstreamIndex, ByteSink out) {
        String type = called.custom() ? AnswerItem.CUSTOM_CALL : AnswerItem.CALL;
        String callId = callId(given);
        return added(type, upstreamIndex, json -> called.write(json, callId), out);
    }

    private String callId(String given) {
        String id = given;
        while (id.isEmpty() || !callIds.add(id)) {
            id = "call_" + minted.get();
        }
        return id;
    }

    /**
     * @param raw the item as the upstream wrote it
     */
    AnswerItem opaque(String type, Json raw, int upstreamIndex, ByteSink out) {
        JsonSplice item = JsonSplice.of(raw.text().getBytes(StandardCharsets.UTF_8));
        String id = OpaqueItem.id(item, "item_" + minted.get());
        byte[] start = item.setString("id", id).bytes();
        return announced(new AnswerItem(items.size(), type, id, start, upstreamIndex), out);
    }

    private AnswerItem added(String type, int upstreamIndex, Members members, ByteSink out) {
        String id = ItemIds.prefix(type) + minted.get();
        JsonOut json = new JsonOut(new Bytes(256)).open('{').member("id", id).member("type", type);
        members.write(json);
        byte[] start = json.close('}').bytes().toByteArray();
        return announced(new AnswerItem(items.size(), type, id, start, upstreamIndex), out);
    }

    private AnswerItem announced(AnswerItem item, ByteSink out) {
        items.add(item);
        telling.announce(item, out);
        return item;
    }
}
