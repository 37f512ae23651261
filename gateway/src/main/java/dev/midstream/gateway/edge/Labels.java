package dev.midstream.gateway.edge;

import dev.midstream.model.Json;
import dev.midstream.model.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a client attached to a request for the log. */
final class Labels {

    private static final List<String> MEMBERS = List.of("metadata", "litellm_metadata", "tags");

    private Labels() {}

    /** Values as JSON. */
    static Map<String, String> of(Request request) {
        Map<String, String> labels = new TreeMap<>();
        for (String member : MEMBERS) {
            Json value = request.further().get(member);
            if (value != null) {
                labels.put(member, value.text());
            }
        }
        return labels;
    }
}
