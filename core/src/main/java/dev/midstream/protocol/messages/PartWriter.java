package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes turns and their parts as the Messages API spells them. Not thread-safe. */
final class PartWriter {

    private final JsonGenerator json;

    PartWriter(JsonGenerator json) {
        this.json = json;
    }

    void turn(Message turn) {
        json.writeStartObject();
        json.writeStringProperty("role", turn.role() == Role.ASSISTANT ? "assistant" : "user");
        content("content", turn.parts());
        json.writeEndObject();
    }

    /** One unmarked text as a string, anything else as blocks. */
    void content(String name, List<? extends Part> parts) {
        if (parts.size() == 1
                && parts.getFirst() instanceof Part.Text text
                && text.cacheControl() == null) {
            json.writeStringProperty(name, text.text());
            return;
        }
        json.writeArrayPropertyStart(name);
        for (Part part : parts) {
            part(part);
        }
        json.writeEndArray();
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text text -> text(text);
            case Part.Refusal refusal -> text(new Part.Text(refusal.text()));
            case Part.Image image -> image(image);
            case Part.Document document -> document(document);
            case Part.ToolCall call -> call(call);
            case Part.ToolResult result -> result(result);
            case Part.Reasoning reasoning -> reasoning(reasoning);
            case Part.EncryptedReasoning reasoning -> {
                start("redacted_thinking");
                json.writeStringProperty("data", reasoning.seal().data());
                json.writeEndObject();
            }
            case Part.Unknown unknown -> json.writeRawValue(unknown.raw().text());
        }
    }

    private void text(Part.Text text) {
        start("text");
        json.writeStringProperty("text", text.text());
        end(text.cacheControl());
    }

    private void image(Part.Image image) {
        start("image");
        source(image.url(), image.base64(), image.mediaType());
        end(image.cacheControl());
    }

    private void document(Part.Document document) {
        start("document");
        String mediaType = document.mediaType();
        if (document.fileId() != null) {
            json.writeObjectPropertyStart("source");
            json.writeStringProperty("type", "file");
            json.writeStringProperty("file_id", document.fileId());
            json.writeEndObject();
        } else if (document.base64() != null && mediaType != null && Sources.isText(mediaType)) {
            textSource(document.base64());
        } else {
            source(document.url(), document.base64(), mediaType);
        }
        if (document.name() != null) {
            json.writeStringProperty("title", document.name());
        }
        end(document.cacheControl());
    }

    private void source(@Nullable String url, @Nullable String base64, @Nullable String mediaType) {
        json.writeObjectPropertyStart("source");
        json.writeStringProperty("type", url == null ? "base64" : "url");
        if (url != null) {
            json.writeStringProperty("url", url);
        } else {
            json.writeStringProperty("media_type", mediaType);
            json.writeStringProperty("data", base64);
        }
        json.writeEndObject();
    }

    private void textSource(String base64) {
        json.writeObjectPropertyStart("source");
        json.writeStringProperty("type", "text");
        json.writeStringProperty("media_type", "text/plain");
        json.writeStringProperty("data", Sources.text(base64));
        json.writeEndObject();
    }

    private void call(Part.ToolCall call) {
        start("tool_use");
        json.writeStringProperty("id", call.id());
        json.writeStringProperty("name", call.name());
        raw("input", call.arguments());
        json.writeEndObject();
    }

    private void result(Part.ToolResult result) {
        start("tool_result");
        json.writeStringProperty("tool_use_id", result.callId());
        if (!result.content().isEmpty()) {
            content("content", result.content());
        }
        if (result.error()) {
            json.writeBooleanProperty("is_error", true);
        }
        end(result.cacheControl());
    }

    private void reasoning(Part.Reasoning reasoning) {
        start("thinking");
        json.writeStringProperty("thinking", reasoning.text());
        if (reasoning.seal() != null) {
            json.writeStringProperty("signature", reasoning.seal().data());
        }
        json.writeEndObject();
    }

    private void start(String type) {
        json.writeStartObject();
        json.writeStringProperty("type", type);
    }

    private void end(@Nullable Json cacheControl) {
        if (cacheControl != null) {
            raw("cache_control", cacheControl.text());
        }
        json.writeEndObject();
    }

    private void raw(String name, String text) {
        json.writeName(name);
        json.writeRawValue(text);
    }
}
