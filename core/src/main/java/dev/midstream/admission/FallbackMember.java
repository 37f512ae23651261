package dev.midstream.admission;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.RouterMembers;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.Variant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one member of a request that names fallbacks, in the shapes that LiteLLM's users write: a
 * list of names and of objects with {@code model} and the members that are replaced; or, as in the
 * configuration, a mapping from groups to such lists, or a list of such mappings. Used once.
 */
final class FallbackMember {

    /**
     * A fallback and where it stands.
     *
     * @param place as a path: {@code fallbacks[1]}
     */
    record Placed(String place, Fallback fallback) {}

    private static final int MOST = 16;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final String name;
    private final Map<String, List<Placed>> byGroup = new LinkedHashMap<>();
    private @Nullable List<Placed> own;
    private int count;

    FallbackMember(String name) {
        this.name = name;
    }

    /** What the member is called. */
    String name() {
        return name;
    }

    /** For the group that is asked; null if nothing is said of it as such. */
    @Nullable List<Placed> own() {
        return own;
    }

    /** By the names of groups, as written. */
    Map<String, List<Placed>> byGroup() {
        return byGroup;
    }

    void read(Json value) throws InvalidRequest {
        String text = value.text().strip();
        if (text.startsWith("{")) {
            mapping(name, splice(text));
        } else if (text.startsWith("[")) {
            list(text);
        } else if (!text.equals("null")) {
            throw wrong(name, "expected a list of names of models");
        }
        if (own == null && byGroup.isEmpty()) {
            throw wrong(name, "expected a list of names of models");
        }
    }

    private void list(String text) throws InvalidRequest {
        List<Placed> targets = new ArrayList<>();
        boolean mappings = false;
        List<String> items = elements(text);
        for (int i = 0; i < items.size(); i++) {
            String place = name + "[" + i + "]";
            String item = items.get(i);
            JsonSplice object = item.startsWith("{") ? object(item) : null;
            if (object != null && !object.has("model")) {
                mappings = true;
                mapping(place, object);
            } else {
                targets.add(target(place, item, object));
            }
        }
        own = targets.isEmpty() && mappings ? null : targets;
    }

    private void mapping(String place, JsonSplice object) throws InvalidRequest {
        for (String group : object.names()) {
            String at = place + "." + group;
            String value = text(object, group);
            List<Placed> targets = new ArrayList<>();
            if (value.startsWith("[")) {
                List<String> items = elements(value);
                for (int i = 0; i < items.size(); i++) {
                    String item = items.get(i);
                    targets.add(target(at + "[" + i + "]", item, object(item)));
                }
            } else {
                targets.add(target(at, value, null));
            }
            byGroup.put(group, targets);
            if (byGroup.size() > MOST) {
                throw wrong(name, "expected fallbacks of at most " + MOST + " groups");
            }
        }
    }

    private Placed target(String place, String item, @Nullable JsonSplice object)
            throws InvalidRequest {
        if (++count > MOST) {
            throw wrong(name, "expected at most " + MOST + " fallbacks");
        }
        if (object == null) {
            return new Placed(place, new Fallback(string(place, item), Variant.NONE));
        }
        String model = string(place + ".model", text(object, "model"));
        return new Placed(place, new Fallback(model, variant(place, object)));
    }

    private static Variant variant(String place, JsonSplice object) throws InvalidRequest {
        Map<String, Json> members = new LinkedHashMap<>();
        for (String member : object.names()) {
            if (RouterMembers.REFUSED.contains(member)) {
                throw wrong(
                        place + "." + member,
                        "where a request goes and by whose key is configured; name a model of the configuration");
            }
            if (RouterMembers.fixed(member)) {
                throw wrong(place + "." + member, "holds for the request as a whole");
            }
            Json value = object.value(member);
            if (!member.equals("model") && value != null) {
                members.put(member, value);
            }
        }
        return new Variant(members);
    }

    // -------------------------------------------------------------------------------------- JSON

    private static @Nullable JsonSplice object(String json) {
        return json.startsWith("{") ? splice(json) : null;
    }

    private static JsonSplice splice(String object) {
        return JsonSplice.of(object.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(JsonSplice object, String member) {
        Json value = object.value(member);
        return value == null ? "" : value.text().strip();
    }

    private static String string(String place, String json) throws InvalidRequest {
        if (json.startsWith("\"")) {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
                parser.nextToken();
                String text = parser.getString();
                if (!text.isBlank()) {
                    return text;
                }
            }
        }
        throw wrong(place, "expected the name of a model");
    }

    /** The elements of a JSON array as they were written. */
    private static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), array)) {
            parser.nextToken();
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

    static InvalidRequest wrong(String place, String what) {
        return new InvalidRequest(400, place, "`" + place + "`: " + what);
    }
}
