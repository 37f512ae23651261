package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the gateway keeps, and the conversation that led to it. Immutable.
 *
 * @param id the answer's, as the client knows it
 * @param response the answer: the {@code response} object
 * @param input the items that came before it, as they were written, those of earlier answers of the
 *     chain included
 * @param output the items of the answer
 * @param before where the conversation before {@code input} is kept, null if all of it is here
 */
public record KeptResponse(
        String id, Json response, List<Json> input, List<Json> output, @Nullable Held before) {

    private static final int MOST_ITEMS = 100;

    public KeptResponse {
        input = List.copyOf(input);
        output = List.copyOf(output);
    }

    /** The answer, as {@code GET /v1/responses/{id}} gives it. */
    public byte[] body() {
        return response.text().getBytes(StandardCharsets.UTF_8);
    }

    /** How much memory it takes, roughly, in bytes. */
    public long weight() {
        long weight = 2L * response.text().length();
        for (Json item : input) {
            weight += 2L * item.text().length();
        }
        for (Json item : output) {
            weight += 2L * item.text().length();
        }
        return weight + 256;
    }

    /**
     * A page of the items that came before the answer, as {@code GET
     * /v1/responses/{id}/input_items} gives it.
     *
     * @param limit how many, from 1 to 100
     * @param ascending whether the oldest is the first; OpenAI's own order is the other
     * @param after the id of the item that the page begins behind, null for the first page
     */
    public byte[] inputItems(int limit, boolean ascending, @Nullable String after) {
        List<Json> all = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            JsonSplice item = JsonSplice.of(input.get(i).text().getBytes(StandardCharsets.UTF_8));
            String itemId = named(item, i);
            ids.add(itemId);
            all.add(new Json(new String(item.bytes(), StandardCharsets.UTF_8)));
        }
        if (!ascending) {
            Collections.reverse(all);
            Collections.reverse(ids);
        }
        int from = after == null ? 0 : ids.indexOf(after) + 1;
        int to = Math.min(all.size(), from + Math.clamp(limit, 1, MOST_ITEMS));
        return page(all.subList(from, to), ids.subList(from, to), to < all.size());
    }

    private static byte[] page(List<Json> items, List<String> ids, boolean more) {
        JsonOut out = new JsonOut(new Bytes(1024)).open('{').member("object", "list");
        out.name("data").open('[');
        items.forEach(item -> out.raw(item.text()));
        out.close(']');
        out.nullable("first_id", ids.isEmpty() ? null : ids.getFirst());
        out.nullable("last_id", ids.isEmpty() ? null : ids.getLast());
        return out.member("has_more", more).close('}').bytes().toByteArray();
    }

    /** The item's id; one that has none is given one, the same each time. */
    private String named(JsonSplice item, int index) {
        String own = Members.text(item, "id");
        if (!own.isEmpty()) {
            return own;
        }
        if (!item.has("type")) {
            item.setString("type", "message");
        }
        String made = ItemIds.prefix(Members.text(item, "type")) + hash(index);
        item.setString("id", made);
        return made;
    }

    private String hash(int index) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((id + '/' + index).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 24);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
