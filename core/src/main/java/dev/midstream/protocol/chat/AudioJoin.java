package dev.midstream.protocol.chat;

import dev.midstream.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Joins the pieces of a chat answer's audio: data and transcript are appended, everything else is
 * the latest.
 */
final class AudioJoin {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private AudioJoin() {}

    /**
     * @param pieces {@code {"audio":{…}}} each
     */
    static @Nullable Json of(List<Json> pieces) {
        if (pieces.isEmpty()) {
            return null;
        }
        ObjectNode joined = MAPPER.createObjectNode();
        StringBuilder data = new StringBuilder();
        StringBuilder transcript = new StringBuilder();
        for (Json piece : pieces) {
            JsonNode audio = MAPPER.readTree(piece.text()).path("audio");
            data.append(audio.path("data").asString(""));
            transcript.append(audio.path("transcript").asString(""));
            if (audio instanceof ObjectNode object) {
                joined.setAll(object);
            }
        }
        joined.put("data", data.toString()).put("transcript", transcript.toString());
        return new Json(joined.toString());
    }
}
