package dev.midstream.protocol.chat;

import dev.midstream.model.Json;
import dev.midstream.model.Part;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Reads one content part of a chat message. */
final class ChatPartReader {

    private final BodyReader in;

    ChatPartReader(BodyReader in) {
        this.in = in;
    }

    Part part(String path) throws InvalidRequest {
        if (in.isString()) {
            return new Part.Text(in.string(path));
        }
        if (!in.isObject()) {
            throw in.expected(path, "an object");
        }
        Json raw = in.raw();
        try (BodyReader again = BodyReader.of(raw)) {
            return new ChatPartReader(again).typed(path, raw);
        }
    }

    private Part typed(String path, Json raw) throws InvalidRequest {
        String[] type = new String[1];
        String[] text = new String[1];
        Json[] value = new Json[1];
        Json[] cacheControl = new Json[1];
        in.object(
                path,
                name -> {
                    switch (name) {
                        case "type" -> type[0] = in.string(path + ".type");
                        case "text", "refusal" -> text[0] = in.optionalString(path + "." + name);
                        case "image_url", "file" -> value[0] = in.optionalRaw();
                        case "cache_control" -> cacheControl[0] = in.optionalRaw();
                        default -> in.skip();
                    }
                });
        return switch (type[0]) {
            case null -> throw BodyReader.invalid(path + ".type", "Expected the part's type");
            case "text" -> new Part.Text(needed(text[0], path + ".text"), cacheControl[0]);
            case "refusal" -> new Part.Refusal(needed(text[0], path + ".refusal"));
            case "image_url" -> image(path + ".image_url", value[0], cacheControl[0]);
            case "file" -> file(path, value[0], raw, cacheControl[0]);
            default -> new Part.Unknown(type[0], path, raw);
        };
    }

    private static String needed(@Nullable String text, String path) throws InvalidRequest {
        if (text == null) {
            throw BodyReader.invalid(path, "Expected a string");
        }
        return text;
    }

    private static Part image(String path, @Nullable Json value, @Nullable Json cacheControl)
            throws InvalidRequest {
        if (value == null) {
            throw BodyReader.invalid(path, "Expected an object with a url");
        }
        try (BodyReader in = BodyReader.of(value)) {
            String[] url = new String[1];
            String[] detail = new String[1];
            if (in.isString()) {
                url[0] = in.string(path);
            } else {
                in.object(
                        path,
                        name -> {
                            switch (name) {
                                case "url" -> url[0] = in.string(path + ".url");
                                case "detail" -> detail[0] = in.optionalString(path + ".detail");
                                default -> in.skip();
                            }
                        });
            }
            DataUrl data = DataUrl.of(needed(url[0], path + ".url"));
            return data == null
                    ? new Part.Image(url[0], null, null, detail[0], cacheControl)
                    : new Part.Image(
                            null, data.base64(), data.mediaType(), detail[0], cacheControl);
        }
    }

    private static Part file(
            String path, @Nullable Json value, Json raw, @Nullable Json cacheControl)
            throws InvalidRequest {
        if (value == null) {
            throw BodyReader.invalid(path + ".file", "Expected an object");
        }
        String[] id = new String[1];
        String[] content = new String[1];
        String[] name = new String[1];
        try (BodyReader in = BodyReader.of(value)) {
            in.object(
                    path + ".file",
                    member -> {
                        String at = path + ".file." + member;
                        switch (member) {
                            case "file_id" -> id[0] = in.optionalString(at);
                            case "file_data" -> content[0] = in.optionalString(at);
                            case "filename" -> name[0] = in.optionalString(at);
                            default -> in.skip();
                        }
                    });
        }
        DataUrl data = content[0] == null ? null : DataUrl.of(content[0]);
        if (data != null) {
            return new Part.Document(
                    null, data.base64(), null, data.mediaType(), name[0], cacheControl);
        }
        return id[0] == null
                ? new Part.Unknown("file", path, raw)
                : new Part.Document(null, null, id[0], null, name[0], cacheControl);
    }

    /** {@code data:<media type>;base64,<data>}. */
    private record DataUrl(String mediaType, String base64) {
        static @Nullable DataUrl of(String url) {
            int comma = url.indexOf(',');
            int mark = url.lastIndexOf(";base64", comma < 0 ? 0 : comma);
            if (!url.startsWith("data:") || mark < 0 || mark + 7 != comma) {
                return null;
            }
            int parameters = url.indexOf(';');
            return new DataUrl(url.substring(5, parameters), url.substring(comma + 1));
        }
    }
}
