package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Puts what was said before in front of a request's own input, where it is known here. Thread-safe
 * as its keepers are.
 */
final class History {

    /** The member of ours that holds the id that a client went on from, once it is expanded. */
    static final String EXPANDED = "midstream_previous_response_id";

    private static final String PREVIOUS = "previous_response_id";

    private final ResponseIds ids;
    private final KeptResponses kept;

    History(ResponseIds ids, KeptResponses kept) {
        this.ids = ids;
        this.kept = kept;
    }

    Request read(byte[] body) throws InvalidRequest {
        Mentions mentions = Mentions.of(body);
        byte[] resolved = mentions.references ? resolved(body) : body;
        String id = mentions.previous;
        if (id == null) {
            return ResponsesRequestReader.read(resolved, null);
        }
        KeptResponse before = kept.find(id);
        if (before != null) {
            return expanded(resolved, id, before);
        }
        Held held = ids.read(id);
        if (held == null) {
            throw Fields.invalid(
                    "previous_response_not_found",
                    PREVIOUS,
                    "Previous response with id '" + id + "' not found.");
        }
        return ResponsesRequestReader.read(resolved, held);
    }

    private Request expanded(byte[] body, String id, KeptResponse before) throws InvalidRequest {
        List<Json> items = new ArrayList<>(before.input());
        before.output().stream().filter(History::canBeSaidAgain).forEach(items::add);
        JsonSplice splice = withItems(body, items);
        Held held = before.before();
        if (held != null) {
            splice.setString(PREVIOUS, ids.of(held));
        }
        splice.setString(EXPANDED, id);
        return ResponsesRequestReader.read(splice.bytes(), held);
    }

    /** Reasoning without a proof of origin is of no use to anybody, and some refuse it. */
    private static boolean canBeSaidAgain(Json item) {
        String text = item.text();
        if (!text.contains("\"reasoning\"")) {
            return true;
        }
        JsonSplice parsed = JsonSplice.of(text.getBytes(StandardCharsets.UTF_8));
        Json type = parsed.value("type");
        Json encrypted = parsed.value("encrypted_content");
        boolean sealed = encrypted != null && encrypted.text().startsWith("\"");
        return sealed || type == null || !type.text().equals("\"reasoning\"");
    }

    /** The body with these items in front of its own, and nothing previous. */
    private static JsonSplice withItems(byte[] body, List<Json> items) {
        List<Json> all = new ArrayList<>(items);
        all.addAll(itemsOf(body));
        JsonOut out = new JsonOut(new Bytes(1024)).open('[');
        all.forEach(item -> out.raw(item.text()));
        String input = out.close(']').bytes().toString();
        return JsonSplice.of(body).set("input", input).remove(PREVIOUS);
    }

    /**
     * The same request with what was said before in front of its input.
     *
     * @param items a JSON array of items
     * @throws IllegalArgumentException if it is none
     */
    static Request withHistory(Request request, String items) {
        try {
            JsonSplice body = withItems(request.body(), elements(new Json(items)));
            Json previous = JsonSplice.of(request.body()).value(PREVIOUS);
            if (previous != null && !body.has(EXPANDED)) {
                body.set(EXPANDED, previous.text());
            }
            return ResponsesRequestReader.read(body.bytes(), null);
        } catch (InvalidRequest | JacksonException notItems) {
            throw new IllegalArgumentException("Not the items of a conversation", notItems);
        }
    }

    /** The items of a body's input. */
    static List<Json> itemsOf(byte[] body) {
        Json input = JsonSplice.of(body).value("input");
        if (input == null || input.text().equals("null")) {
            return List.of();
        }
        return input.text().startsWith("[") ? elements(input) : List.of(asMessage(input));
    }

    /** The elements of an object's member, none if it is no array. */
    static List<Json> elements(String member, byte[] object) {
        Json array = JsonSplice.of(object).value(member);
        return array != null && array.text().startsWith("[") ? elements(array) : List.of();
    }

    private static List<Json> elements(Json array) {
        List<Json> elements = new ArrayList<>();
        try {
            Fields.each("input", array, (at, element) -> elements.add(element));
        } catch (InvalidRequest notAnArray) {
            throw new IllegalArgumentException(notAnArray);
        }
        return elements;
    }

    private static Json asMessage(Json text) {
        JsonOut out = new JsonOut(new Bytes(256)).open('{').member("type", "message");
        out.member("role", "user").name("content").open('[').open('{');
        out.member("type", "input_text").member("text", text).close('}').close(']');
        return new Json(out.close('}').bytes().toString());
    }

    /** The body with the items of kept answers in place of references to them. */
    private byte[] resolved(byte[] body) throws InvalidRequest {
        JsonSplice splice = JsonSplice.of(body);
        Json input = splice.value("input");
        if (input == null || !input.text().startsWith("[")) {
            return body;
        }
        JsonOut out = new JsonOut(new Bytes(1024)).open('[');
        Fields.each("input", input, (at, item) -> out.raw(resolved(Fields.of(at, item)).text()));
        return splice.set("input", out.close(']').bytes().toString()).bytes();
    }

    private Json resolved(Fields item) throws InvalidRequest {
        String id = item.optional("id");
        String type = item.optional("type");
        boolean bare = type == null && !item.has("role");
        Json known = id != null && (bare || "item_reference".equals(type)) ? kept.item(id) : null;
        return known == null ? item.raw() : known;
    }

    /**
     * What a body mentions of other answers.
     *
     * @param references whether items of the input may refer to others
     */
    private record Mentions(@Nullable String previous, boolean references) {

        static Mentions of(byte[] body) throws InvalidRequest {
            String[] previous = new String[1];
            boolean[] references = new boolean[1];
            BodyReader.requireUtf8(body);
            try (BodyReader in = new BodyReader(body)) {
                in.body(
                        name -> {
                            switch (name) {
                                case "previous_response_id" ->
                                        previous[0] = in.optionalString(name);
                                case "input" ->
                                        references[0] = in.raw().text().contains("item_reference");
                                default -> in.skip();
                            }
                        });
            } catch (JacksonException e) {
                throw BodyReader.notJson(e);
            }
            return new Mentions(previous[0], references[0]);
        }
    }
}
