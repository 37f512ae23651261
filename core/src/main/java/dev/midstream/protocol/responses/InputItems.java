package dev.midstream.protocol.responses;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Fits a client's own input items to a target: every item stays as it was written but for reasoning
 * that the target cannot read. Stateless.
 */
final class InputItems {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Items whose id says only where they came from. */
    private static final Set<String> NAMED =
            Set.of(
                    "",
                    "message",
                    "function_call",
                    "function_call_output",
                    "custom_tool_call",
                    "custom_tool_call_output");

    private InputItems() {}

    /** The elements of a JSON array as they were written. */
    static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return elements;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    parser.finishToken();
                }
                int end = (int) parser.currentLocation().getCharOffset();
                elements.add(array.substring(start, end).strip());
            }
        }
        return elements;
    }

    /**
     * An item as the target is to get it, null if it is not to get it.
     *
     * @param withoutReasoning whether the target refused what it was sent: no reasoning goes, and
     *     no id that could remind it of any
     * @param unkept whether the target keeps no items that could be meant by their ids alone
     */
    static @Nullable String fitted(
            String item, Target target, boolean withoutReasoning, boolean unkept) {
        if (!item.startsWith("{")) {
            return item;
        }
        JsonSplice splice = JsonSplice.of(item.getBytes(StandardCharsets.UTF_8));
        String type = text(splice, "type");
        if (type.equals("reasoning")) {
            return withoutReasoning ? null : reasoning(item, splice, target, unkept);
        }
        if (!withoutReasoning) {
            return item;
        }
        if (type.equals("item_reference") && text(splice, "id").startsWith("rs_")) {
            return null;
        }
        return NAMED.contains(type) && splice.has("id") ? text(splice.remove("id")) : item;
    }

    /**
     * Reasoning goes back in its maker's own characters. What a break left has neither seal nor
     * end; but some clients, Codex among them, give no status back.
     */
    private static @Nullable String reasoning(
            String item, JsonSplice splice, Target target, boolean unkept) {
        String sealed = text(splice, "encrypted_content");
        if (sealed.isEmpty()) {
            return unkept || text(splice, "status").equals("incomplete") ? null : item;
        }
        Seal seal = Seal.read(sealed, "");
        if (!seal.fits(target)) {
            return null;
        }
        return seal.data().equals(sealed)
                ? item
                : text(splice.setString("encrypted_content", seal.data()));
    }

    private static String text(JsonSplice splice) {
        return new String(splice.bytes(), StandardCharsets.UTF_8);
    }

    private static String text(JsonSplice splice, String name) {
        Json value = splice.value(name);
        if (value == null || !value.text().startsWith("\"")) {
            return "";
        }
        var node = JsonTree.read(value.text());
        return node.isString() ? node.stringValue() : "";
    }
}
