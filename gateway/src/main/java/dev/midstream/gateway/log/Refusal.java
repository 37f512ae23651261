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
 * @param protocol null where the client spoke none
 * @param param the member, header or limit at fault, null if none was
 * @param path what was asked for, with {@code …} for what might be a key; null where the protocol
 *     tells
 */
public record Refusal(
        String callId,
        @Nullable String protocol,
        Instant at,
        int status,
        @Nullable String param,
        @Nullable String path) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The line for the log. Of what the client sent only the path is in it. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("time", at.toString());
            json.writeStringProperty("call_id", callId);
            if (protocol != null) {
                json.writeStringProperty("protocol", protocol);
            }
            if (path != null) {
                json.writeStringProperty("path", path);
            }
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
