package dev.midstream.gateway.log;

import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A request that was refused before anybody was asked.
 *
 * @param param the member or header at fault, null if none was
 */
public record Refusal(
        String callId, String protocol, Instant at, int status, @Nullable String param) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The line for the log. What the client sent is not in it, not even in part. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("time", at.toString());
            json.writeStringProperty("call_id", callId);
            json.writeStringProperty("protocol", protocol);
            json.writeStringProperty("outcome", "refused");
            json.writeNumberProperty("status", status);
            if (param != null) {
                json.writeStringProperty("param", param);
            }
            json.writeEndObject();
        }
        return text.toString();
    }
}
