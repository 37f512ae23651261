package dev.midstream.gateway.edge;

import dev.midstream.model.Json;
import dev.midstream.model.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a client attached to a request for the log. */
final class Labels {

    private static final List<String> MEMBERS = List.of("metadata", "litellm_metadata", "tags");

    private static final List<String> TRACE = List.of("traceparent", "tracestate");

    private Labels() {}

    /** What the request belongs to, by W3C's headers. */
    static Map<String, String> trace(Function<String, @Nullable String> header) {
        Map<String, String> trace = new TreeMap<>();
        for (String name : TRACE) {
            String value = header.apply(name);
            if (value != null) {
                trace.put(name, value);
            }
        }
        return trace;
    }

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
