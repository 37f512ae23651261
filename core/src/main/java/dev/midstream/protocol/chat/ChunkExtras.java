package dev.midstream.protocol.chat;

import dev.midstream.json.JsonOut;
import dev.midstream.model.Frame;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of chunks that no canonical event carries (log probabilities, annotations,
 * fingerprints), joined for a plain answer: lists are appended, and everything else is the latest.
 */
final class ChunkExtras {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final Set<String> TOP =
            Set.of("id", "object", "created", "model", "choices", "usage", "obfuscation", "error");
    private static final Set<String> CHOICE =
            Set.of("index", "delta", "finish_reason", "error", "native_finish_reason");
    private static final Set<String> DELTA =
            Set.of(
                    "role",
                    "content",
                    "refusal",
                    "reasoning_content",
                    "reasoning",
                    "tool_calls",
                    "function_call",
                    "audio");

    private final ObjectNode top = object();
    private final Map<Integer, ObjectNode> choices = new TreeMap<>();
    private final Map<Integer, ObjectNode> messages = new TreeMap<>();

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Takes a chunk that was decoded before; one that is beyond a limit of trees (a number of 1,000
     * digits) is left out.
     */
    void add(Frame frame) {
        try {
            add(MAPPER.readTree(frame.bytes(), frame.offset(), frame.length()));
        } catch (JacksonException beyondSomeLimit) {
            return;
        }
    }

    private void add(JsonNode chunk) {
        join(top, chunk, TOP);
        for (JsonNode choice : chunk.path("choices")) {
            int index = choice.path("index").asInt(0);
            join(choices.computeIfAbsent(index, i -> object()), choice, CHOICE);
            join(messages.computeIfAbsent(index, i -> object()), choice.path("delta"), DELTA);
        }
    }

    private static void join(ObjectNode into, JsonNode from, Set<String> known) {
        for (Map.Entry<String, JsonNode> member : from.properties()) {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                JsonNode before = into.get(member.getKey());
                into.set(member.getKey(), joined(before, member.getValue()));
            }
        }
    }

    private static JsonNode joined(@Nullable JsonNode before, JsonNode value) {
        if (before instanceof ArrayNode list && value instanceof ArrayNode more) {
            more.forEach(element -> append(list, element));
            return list;
        }
        if (before instanceof ObjectNode object && value instanceof ObjectNode more) {
            join(object, more, Set.of());
            return object;
        }
        return value;
    }

    /**
     * A list's elements are pieces of one another where they have the same {@code index} and type.
     */
    private static void append(ArrayNode list, JsonNode element) {
        if (list.isEmpty()
                || !(list.get(list.size() - 1) instanceof ObjectNode last)
                || !pieceOf(last, element)) {
            list.add(element);
            return;
        }
        for (Map.Entry<String, JsonNode> member : element.properties()) {
            last.set(member.getKey(), longer(member.getKey(), last, member.getValue()));
        }
    }

    private static boolean pieceOf(ObjectNode last, JsonNode element) {
        return element.has("index")
                && element.path("index").equals(last.path("index"))
                && element.path("type").equals(last.path("type"));
    }

    private static JsonNode longer(String name, ObjectNode whole, JsonNode piece) {
        JsonNode before = whole.path(name);
        boolean text = Set.of("text", "summary", "data", "signature").contains(name);
        return text && before.isString() && piece.isString()
                ? JsonNodeFactory.instance.stringNode(before.stringValue() + piece.stringValue())
                : piece;
    }

    void writeTop(JsonOut json) {
        write(json, top);
    }

    void writeChoice(JsonOut json, int choice) {
        write(json, choices.getOrDefault(choice, object()));
    }

    void writeMessage(JsonOut json, int choice) {
        write(json, messages.getOrDefault(choice, object()));
    }

    private static void write(JsonOut json, ObjectNode members) {
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            json.name(member.getKey()).raw(member.getValue().toString());
        }
    }
}
