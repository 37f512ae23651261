package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import dev.midstream.model.Part;
import dev.midstream.model.Seal;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads content blocks. What other protocols can say only in words becomes words: documents of
 * text, references to tools. A block of a kind that is not known keeps its place and its bytes.
 * Stateless.
 */
final class BlockReader {

    /** A text, or blocks. */
    List<Part> content(String path, JsonView content) throws InvalidRequest {
        List<Part> parts = new ArrayList<>();
        if (content.isString()) {
            text(content.text(), null, parts);
        } else if (content.isArray()) {
            List<JsonView> blocks = content.elements();
            for (int i = 0; i < blocks.size(); i++) {
                block(path + "[" + i + "]", blocks.get(i), parts);
            }
        } else {
            throw Wanted.wrong(path, "Input should be a valid string or list");
        }
        return parts;
    }

    private void block(String path, JsonView value, List<Part> parts) throws InvalidRequest {
        Wanted block = Wanted.of(path, value);
        String type = block.string("type");
        switch (type) {
            case "text" -> text(block.string("text"), block.raw("cache_control"), parts);
            case "image" -> parts.add(image(block, value));
            case "document" -> document(block, value, parts);
            case "tool_use" -> parts.add(call(block));
            case "tool_result" -> parts.add(result(block));
            case "tool_reference" ->
                    parts.add(new Part.Text("Tool found: " + block.string("tool_name")));
            case "thinking" -> parts.add(thinking(block));
            case "redacted_thinking" ->
                    parts.add(
                            new Part.EncryptedReasoning(
                                    Seal.read(block.string("data"), Seal.CLAUDE)));
            default -> parts.add(new Part.Unknown(type, path, value.json()));
        }
    }

    private static void text(String text, @Nullable Json cacheControl, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text, cacheControl));
        }
    }

    private static Wanted source(Wanted block) throws InvalidRequest {
        return Wanted.of(block.at("source"), block.needed("source"));
    }

    private static Part image(Wanted block, JsonView value) throws InvalidRequest {
        Wanted source = source(block);
        Json cacheControl = block.raw("cache_control");
        return switch (source.string("type")) {
            case "base64" ->
                    new Part.Image(
                            null,
                            source.string("data"),
                            source.string("media_type"),
                            null,
                            cacheControl);
            case "url" -> new Part.Image(source.string("url"), null, null, null, cacheControl);
            default -> new Part.Unknown("image", block.path(), value.json());
        };
    }

    private void document(Wanted block, JsonView value, List<Part> parts) throws InvalidRequest {
        Wanted source = source(block);
        String title = block.optionalString("title");
        Json cacheControl = block.raw("cache_control");
        switch (source.string("type")) {
            case "base64" ->
                    parts.add(
                            new Part.Document(
                                    null,
                                    source.string("data"),
                                    null,
                                    source.optionalString("media_type"),
                                    title,
                                    cacheControl));
            case "url" ->
                    parts.add(
                            new Part.Document(
                                    source.string("url"), null, null, null, title, cacheControl));
            case "file" ->
                    parts.add(
                            new Part.Document(
                                    null,
                                    null,
                                    source.string("file_id"),
                                    null,
                                    title,
                                    cacheControl));
            case "text" -> inWords(block, List.of(new Part.Text(source.string("data"))), parts);
            case "content" ->
                    inWords(block, content(source.at("content"), source.needed("content")), parts);
            default -> parts.add(new Part.Unknown("document", block.path(), value.json()));
        }
    }

    private static void inWords(Wanted block, List<Part> content, List<Part> parts)
            throws InvalidRequest {
        StringBuilder head = new StringBuilder("<document");
        for (String name : List.of("title", "context")) {
            String about = block.optionalString(name);
            if (about != null) {
                head.append(' ').append(name).append("=\"").append(about).append('"');
            }
        }
        head.append(">\n");
        if (content.size() == 1 && content.getFirst() instanceof Part.Text text) {
            String whole = head + text.text() + "\n</document>";
            parts.add(new Part.Text(whole, block.raw("cache_control")));
            return;
        }
        parts.add(new Part.Text(head.toString()));
        parts.addAll(content);
        parts.add(new Part.Text("\n</document>", block.raw("cache_control")));
    }

    private static Part call(Wanted block) throws InvalidRequest {
        String id = block.string("id");
        String name = block.string("name");
        Wanted.of(block.at("input"), block.needed("input"));
        return new Part.ToolCall(id, name, block.needed("input").written(), false, null);
    }

    private Part result(Wanted block) throws InvalidRequest {
        JsonView content = block.value("content");
        return new Part.ToolResult(
                block.string("tool_use_id"),
                content == null ? List.of() : content(block.at("content"), content),
                Boolean.TRUE.equals(block.optionalBoolean("is_error")),
                block.raw("cache_control"));
    }

    private static Part thinking(Wanted block) throws InvalidRequest {
        String thinking = block.string("thinking");
        String signature = block.optionalString("signature");
        return new Part.Reasoning(
                thinking,
                signature == null || signature.isEmpty()
                        ? null
                        : Seal.read(signature, Seal.CLAUDE));
    }
}
