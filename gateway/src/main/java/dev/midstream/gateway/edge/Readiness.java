package dev.midstream.gateway.edge;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes whether requests are taken, with LiteLLM's members. What is wrong with a configuration is
 * shown only to those who may ask models: it names groups, files and variables.
 */
final class Readiness {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Readiness() {}

    /**
     * @param version null for those who may not know
     */
    static byte[] json(boolean closing, ConfigState config, @Nullable String version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("status", closing ? "shutting down" : "connected");
            json.writeStringProperty("db", "Not connected");
            json.writeNullProperty("cache");
            if (version != null) {
                json.writeStringProperty("version", version);
            }
            json.writeObjectPropertyStart("config");
            config(json, config, version != null);
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void config(JsonGenerator json, ConfigState config, boolean whole) {
        json.writeStringProperty("loaded_at", config.loadedAt().toString());
        if (config.failedAt() == null) {
            return;
        }
        json.writeStringProperty("failed_at", config.failedAt().toString());
        json.writeNumberProperty("error_count", config.errors().size());
        if (whole) {
            json.writeArrayPropertyStart("errors");
            config.errors().forEach(json::writeString);
            json.writeEndArray();
        }
    }
}
