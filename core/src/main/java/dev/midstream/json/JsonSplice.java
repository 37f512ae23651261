package dev.midstream.json;

import dev.midstream.model.Json;
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
 * Edits top-level members of a JSON object by byte positions, and leaves every other byte as it is:
 * number spellings, order, blanks, duplicates, escapes and unknown members survive.
 *
 * <p>A member that stands there twice is edited twice, so that no reader can take the other one.
 *
 * <p><b>Thread-safety</b>: not thread-safe.
 */
public final class JsonSplice {

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * A member's place: from its name's quote to behind its value; {@code edit} is its new value.
     */
    private static final class Member {
        final String name;
        final int start;
        final int valueStart;
        final int end;
        byte @Nullable [] edit;
        boolean removed;

        Member(String name, int start, int valueStart, int end) {
            this.name = name;
            this.start = start;
            this.valueStart = valueStart;
            this.end = end;
        }
    }

    private final byte[] source;
    private final int from;
    private final List<Member> members;
    private final Map<String, byte[]> added = new LinkedHashMap<>();

    private JsonSplice(byte[] source, int from, List<Member> members) {
        this.source = source;
        this.from = from;
        this.members = members;
    }

    /**
     * A splice of a JSON object in UTF-8, with or without a byte order mark, which is left out.
     *
     * @throws tools.jackson.core.JacksonException if it is not JSON
     * @throws IllegalArgumentException if it is not an object
     */
    public static JsonSplice of(byte[] source) {
        List<Member> members = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), source)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Not a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                members.add(member(parser));
            }
        }
        return new JsonSplice(source, mark(source), members);
    }

    private static Member member(JsonParser parser) {
        String name = parser.currentName();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        JsonToken token = parser.nextToken();
        int valueStart = (int) parser.currentTokenLocation().getByteOffset();
        if (token == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
        parser.skipChildren();
        return new Member(name, start, valueStart, (int) parser.currentLocation().getByteOffset());
    }

    private static int mark(byte[] source) {
        boolean marked =
                source.length > 2
                        && source[0] == (byte) 0xef
                        && source[1] == (byte) 0xbb
                        && source[2] == (byte) 0xbf;
        return marked ? 3 : 0;
    }

    public boolean has(String name) {
        return added.containsKey(name) || find(name) != null;
    }

    /** The value of a member as it stands now, the last one of several; null if there is none. */
    public @Nullable Json value(String name) {
        byte[] raw = added.get(name);
        Member member = raw == null ? find(name) : null;
        return raw != null ? json(raw) : member != null ? json(current(member)) : null;
    }

    /** The names of the members as they stand now, in their order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Member member : members) {
            if (!member.removed) {
                names.add(member.name);
            }
        }
        names.addAll(added.keySet());
        return names;
    }

    /** Replaces a member's value, or adds the member at the end. */
    public JsonSplice set(String name, String json) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (Member member : members) {
            if (!member.removed && member.name.equals(name)) {
                member.edit = value;
                found = true;
            }
        }
        if (!found) {
            added.put(name, value);
        }
        return this;
    }

    public JsonSplice setString(String name, String text) {
        Bytes quoted = new Bytes(text.length() + 2);
        JsonStringWriter.write(quoted, text);
        return set(name, quoted.toString());
    }

    public JsonSplice remove(String name) {
        for (Member member : members) {
            member.removed |= member.name.equals(name);
        }
        added.remove(name);
        return this;
    }

    /** Sets a member of a top-level member; what is no object becomes one. */
    public JsonSplice setWithin(String name, String nested, String json) {
        Json outer = value(name);
        if (outer == null || !outer.text().startsWith("{")) {
            Bytes fresh = new Bytes(64).write('{');
            JsonStringWriter.write(fresh, nested);
            return set(name, fresh.text(":").text(json).text("}").toString());
        }
        JsonSplice inner = of(outer.text().getBytes(StandardCharsets.UTF_8)).set(nested, json);
        return set(name, new String(inner.bytes(), StandardCharsets.UTF_8));
    }

    /** Adds elements at the end of a member that is an array; what is none becomes one. */
    public JsonSplice append(String name, List<String> elements) {
        if (elements.isEmpty()) {
            return this;
        }
        String joined = String.join(",", elements);
        Json outer = value(name);
        if (outer == null || !outer.text().startsWith("[")) {
            return set(name, "[" + joined + "]");
        }
        String text = outer.text();
        String open = text.substring(0, text.length() - 1).stripTrailing();
        return set(name, open + (open.length() == 1 ? "" : ",") + joined + "]");
    }

    /** The object with all edits. */
    public byte[] bytes() {
        Bytes out = new Bytes(source.length + 256);
        int first = members.isEmpty() ? -1 : members.getFirst().start;
        out.write(source, from, first < 0 ? emptyBody() - from : first - from);
        boolean any = false;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (member.removed) {
                continue;
            }
            if (any) {
                int before = members.get(i - 1).end;
                out.write(source, before, member.start - before);
            }
            write(out, member);
            any = true;
        }
        writeAdded(out, any);
        int rest = members.isEmpty() ? emptyBody() : members.getLast().end;
        return out.write(source, rest, source.length - rest).toByteArray();
    }

    private void write(Bytes out, Member member) {
        byte[] edit = member.edit;
        if (edit == null) {
            out.write(source, member.start, member.end - member.start);
        } else {
            out.write(source, member.start, member.valueStart - member.start).write(edit);
        }
    }

    private void writeAdded(Bytes out, boolean any) {
        boolean comma = any;
        for (Map.Entry<String, byte[]> member : added.entrySet()) {
            if (comma) {
                out.write(',');
            }
            JsonStringWriter.write(out, member.getKey());
            out.write(':').write(member.getValue());
            comma = true;
        }
    }

    private int emptyBody() {
        int at = from;
        while (source[at] != '{') {
            at++;
        }
        return at + 1;
    }

    private @Nullable Member find(String name) {
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            if (!member.removed && member.name.equals(name)) {
                return member;
            }
        }
        return null;
    }

    private byte[] current(Member member) {
        byte[] edit = member.edit;
        return edit != null
                ? edit
                : java.util.Arrays.copyOfRange(source, member.valueStart, member.end);
    }

    private static Json json(byte[] raw) {
        return new Json(new String(raw, StandardCharsets.UTF_8));
    }
}
