package dev.midstream.gateway.edge;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the list of models as OpenAI writes it. */
final class ModelList {

    /** A model group was never created; clients want a number. */
    private static final long CREATED = 1_767_225_600L;

    private static final JsonFactory FACTORY = new JsonFactory();

    private ModelList() {}

    static byte[] json(List<String> names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            names.forEach(name -> write(json, name));
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, String name) {
        json.writeStartObject();
        json.writeStringProperty("id", name);
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", CREATED);
        json.writeStringProperty("owned_by", "midstream");
        json.writeEndObject();
    }
}
