package dev.midstream.gateway.log;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A request that asked no model: for an answer that is kept, for a count, for the list of models.
 *
 * @param path with {@code {}} for what a client put into it
 */
public record VisitLine(
        String callId,
        String protocol,
        String method,
        String path,
        Instant at,
        int status,
        Duration took) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The line for the log. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("time", at.toString());
            json.writeStringProperty("call_id", callId);
            json.writeStringProperty("protocol", protocol);
            json.writeStringProperty("method", method);
            json.writeStringProperty("path", path);
            json.writeStringProperty("outcome", "visited");
            json.writeNumberProperty("status", status);
            json.writeNumberProperty("ms", took.toMillis());
            json.writeEndObject();
        }
        return text.toString();
    }
}
