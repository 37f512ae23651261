package dev.midstream.gateway.models;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes models as OpenAI and Anthropic write them. */
final class ModelJson {

    /** A model group was never created; clients want a time. */
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private static final JsonFactory FACTORY = new JsonFactory();

    private ModelJson() {}

    static byte[] written(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static byte[] openAi(List<String> names) {
        return written(
                json -> {
                    json.writeStringProperty("object", "list");
                    json.writeArrayPropertyStart("data");
                    for (String name : names) {
                        json.writeStartObject();
                        openAiMembers(json, name);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    static byte[] openAiModel(String name) {
        return written(json -> openAiMembers(json, name));
    }

    private static void openAiMembers(JsonGenerator json, String name) {
        json.writeStringProperty("id", name);
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", CREATED.getEpochSecond());
        json.writeStringProperty("owned_by", "midstream");
    }

    static byte[] anthropic(Page page) {
        return written(
                json -> {
                    json.writeArrayPropertyStart("data");
                    for (String name : page.names()) {
                        json.writeStartObject();
                        anthropicMembers(json, name);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeBooleanProperty("has_more", page.more());
                    if (page.names().isEmpty()) {
                        json.writeNullProperty("first_id");
                        json.writeNullProperty("last_id");
                    } else {
                        json.writeStringProperty("first_id", page.names().getFirst());
                        json.writeStringProperty("last_id", page.names().getLast());
                    }
                });
    }

    static byte[] anthropicModel(String name) {
        return written(json -> anthropicMembers(json, name));
    }

    private static void anthropicMembers(JsonGenerator json, String name) {
        json.writeStringProperty("type", "model");
        json.writeStringProperty("id", name);
        json.writeStringProperty("display_name", name);
        json.writeStringProperty("created_at", CREATED.toString());
    }
}
