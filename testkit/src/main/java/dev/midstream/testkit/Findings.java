package dev.midstream.testkit;

import dev.midstream.testkit.GrammarViolation.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Collects what is wrong with one stream while it is read item by item. */
final class Findings {

    private static final Set<String> LEGAL_FIELDS = Set.of("id", "retry");

    private final byte[] stream;
    private final List<Violation> violations = new ArrayList<>();
    private int item;

    Findings(byte[] stream) {
        this.stream = stream;
    }

    /** The items of the stream; its framing is judged on the way. */
    List<SseItem> items() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stream));
        } catch (CharacterCodingException e) {
            add("not UTF-8: " + e.getMessage());
        }
        SseParser parser = new SseParser();
        List<SseItem> items = parser.feed(stream, 0, stream.length);
        if (parser.unfinished()) {
            add("ends inside an event that no blank line dispatches");
        }
        return items;
    }

    /** Moves on to the next item, which later findings are about. */
    void next(SseItem item) {
        this.item++;
        if (item instanceof SseItem.Field(String name, var ignored)) {
            require(LEGAL_FIELDS.contains(name), "has the unknown field '" + name + "'");
        }
    }

    /** Later findings are about the stream as a whole. */
    void atEnd() {
        item = 0;
    }

    void add(String message) {
        violations.add(new Violation(item, message));
    }

    boolean require(boolean holds, String otherwise) {
        if (!holds) {
            add(otherwise);
        }
        return holds;
    }

    /** Notes it if the value differs from what it was before; returns what it is from now on. */
    <T> T same(@Nullable T before, T now, String what) {
        require(
                before == null || before.equals(now),
                what + " changes from " + before + " to " + now);
        return before == null ? now : before;
    }

    /** The data as a JSON object, or null with a finding. */
    @Nullable JsonNode object(String data) {
        try {
            JsonNode node = Json.read(data);
            return require(node.isObject(), "is no JSON object: " + data) ? node : null;
        } catch (JacksonException e) {
            add("is not JSON: " + data);
            return null;
        }
    }

    List<Violation> violations() {
        return violations;
    }

    void throwIfAny() {
        if (!violations.isEmpty()) {
            throw new GrammarViolation(violations, new String(stream, StandardCharsets.UTF_8));
        }
    }
}
