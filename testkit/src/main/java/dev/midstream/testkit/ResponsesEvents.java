package dev.midstream.testkit;

import dev.midstream.testkit.Step.Event;
import dev.midstream.testkit.Step.Wire;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Numbers the events of one Responses stream and gives them their names. */
final class ResponsesEvents {

    private final ResponsesDialect dialect;
    private final boolean padded;
    private final List<Wire> out = new ArrayList<>();
    private int sequence;

    ResponsesEvents(ResponsesDialect dialect, ResponsesRequest request) {
        this.dialect = dialect;
        this.padded =
                dialect.has(ResponsesQuirk.OBFUSCATION)
                        && request.body()
                                .path("stream_options")
                                .path("include_obfuscation")
                                .asBoolean(true);
    }

    void emit(String type, ObjectNode members) {
        out.add(new Event(type, Json.write(data(type, members))));
    }

    void emitBroken(String type, ObjectNode members) {
        String whole = Json.write(data(type, members));
        out.add(new Event(type, whole.substring(0, whole.length() / 2)));
    }

    void emitUnnumbered(Wire wire) {
        out.add(wire);
    }

    /** The events since the last time. */
    List<Wire> take() {
        List<Wire> taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    private ObjectNode data(String type, ObjectNode members) {
        ObjectNode data = Json.object().put("type", type).put("sequence_number", sequence);
        data.setAll(members);
        if (dialect.has(ResponsesQuirk.ITEM_IDS_ROTATE)) {
            rotateIds(data);
        }
        if (padded && type.endsWith(".delta")) {
            data.put("obfuscation", "k3Jd".repeat(1 + sequence % 4));
        }
        sequence++;
        return data;
    }

    private void rotateIds(ObjectNode data) {
        if (data.has("item_id")) {
            data.put("item_id", data.path("item_id").asString() + "-" + sequence);
        }
        if (data.path("item") instanceof ObjectNode item) {
            data.set(
                    "item", item.deepCopy().put("id", item.path("id").asString() + "-" + sequence));
        }
    }
}
