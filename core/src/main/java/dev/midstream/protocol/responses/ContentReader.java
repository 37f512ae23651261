package dev.midstream.protocol.responses;

import dev.midstream.model.Json;
import dev.midstream.model.Part;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a message says or a tool gave: a text, or a list of parts. Stateless. */
final class ContentReader {

    private ContentReader() {}

    static List<Part> read(Fields item, String member) throws InvalidRequest {
        Json content = item.value(member);
        String path = item.at(member);
        if (content == null) {
            throw Fields.missing(path);
        }
        List<Part> parts = new ArrayList<>();
        if (Fields.isString(content)) {
            parts.add(new Part.Text(Fields.string(path, content)));
        } else if (content.text().startsWith("[")) {
            Fields.each(path, content, (at, part) -> parts.add(part(Fields.of(at, part))));
        } else {
            throw Fields.wrongType(path, "a string or an array of parts", content);
        }
        return parts;
    }

    private static Part part(Fields part) throws InvalidRequest {
        String type = part.named("type");
        return switch (type) {
            case "input_text", "output_text", "text" -> new Part.Text(part.needed("text"));
            case "refusal" -> new Part.Refusal(part.needed("refusal"));
            case "input_image" -> image(part);
            case "input_file" -> file(part);
            default -> new Part.Unknown(type, part.path(), part.raw());
        };
    }

    private static Part image(Fields part) throws InvalidRequest {
        String url = part.optional("image_url");
        if (url == null) {
            return uploaded("input_image", part, "image_url");
        }
        String detail = part.optional("detail");
        DataUrl data = DataUrl.of(url);
        return data == null
                ? new Part.Image(url, null, null, detail, null)
                : new Part.Image(null, data.base64(), data.mediaType(), detail, null);
    }

    private static Part file(Fields part) throws InvalidRequest {
        String name = part.optional("filename");
        String content = part.optional("file_data");
        String url = part.optional("file_url");
        String id = part.optional("file_id");
        if (content != null) {
            DataUrl data = DataUrl.of(content);
            return data == null
                    ? new Part.Document(null, content, null, typeOf(name), name, null)
                    : new Part.Document(null, data.base64(), null, data.mediaType(), name, null);
        }
        if (url != null) {
            return new Part.Document(url, null, null, null, name, null);
        }
        return id != null
                ? new Part.Document(null, null, id, null, name, null)
                : uploaded("input_file", part, "file_data");
    }

    private static Part uploaded(String type, Fields part, String instead) throws InvalidRequest {
        if (part.optional("file_id") == null) {
            throw Fields.missing(part.at(instead));
        }
        return new Part.Unknown(type, part.path(), part.raw());
    }

    private static @Nullable String typeOf(@Nullable String name) {
        return name != null && name.toLowerCase(Locale.ROOT).endsWith(".pdf")
                ? "application/pdf"
                : null;
    }

    /** {@code data:<media type>;base64,<data>}. */
    private record DataUrl(String mediaType, String base64) {
        static @Nullable DataUrl of(String url) {
            int comma = url.indexOf(',');
            int mark = url.lastIndexOf(";base64", Math.max(comma, 0));
            if (!url.startsWith("data:") || mark < 0 || mark + 7 != comma) {
                return null;
            }
            int parameters = url.indexOf(';');
            return new DataUrl(url.substring(5, parameters), url.substring(comma + 1));
        }
    }
}
