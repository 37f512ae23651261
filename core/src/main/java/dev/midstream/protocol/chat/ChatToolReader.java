package dev.midstream.protocol.chat;

import dev.midstream.model.Json;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a chat request says about tools and about the form of the answer. */
final class ChatToolReader {

    private final BodyReader in;

    ChatToolReader(BodyReader in) {
        this.in = in;
    }

    List<Tool> tools(String path) throws InvalidRequest {
        List<Tool> tools = new ArrayList<>();
        if (!in.isNull()) {
            in.array(path, element -> tools.add(tool(element)));
        }
        return tools;
    }

    List<Tool> functions(String path) throws InvalidRequest {
        List<Tool> tools = new ArrayList<>();
        if (!in.isNull()) {
            in.array(path, element -> tools.add(function(element, null)));
        }
        return tools;
    }

    private Tool tool(String path) throws InvalidRequest {
        if (!in.isObject()) {
            throw in.expected(path, "an object");
        }
        Json raw = in.raw();
        try (BodyReader again = BodyReader.of(raw)) {
            return new ChatToolReader(again).typed(path, raw);
        }
    }

    private Tool typed(String path, Json raw) throws InvalidRequest {
        String[] type = new String[1];
        Json[] function = new Json[1];
        Json[] custom = new Json[1];
        Json[] cacheControl = new Json[1];
        in.object(
                path,
                name -> {
                    switch (name) {
                        case "type" -> type[0] = in.string(path + ".type");
                        case "function" -> function[0] = in.raw();
                        case "custom" -> custom[0] = in.raw();
                        case "cache_control" -> cacheControl[0] = in.optionalRaw();
                        default -> in.skip();
                    }
                });
        if (type[0] == null) {
            throw BodyReader.invalid(path + ".type", "Expected the tool's type");
        }
        if (type[0].equals("custom") && custom[0] != null) {
            try (BodyReader inner = BodyReader.of(custom[0])) {
                return new ChatToolReader(inner).custom(path + ".custom");
            }
        }
        if (!type[0].equals("function")) {
            return new Tool.Native(type[0], path, raw);
        }
        if (function[0] == null) {
            throw BodyReader.invalid(path + ".function", "Expected an object");
        }
        try (BodyReader inner = BodyReader.of(function[0])) {
            return new ChatToolReader(inner).function(path + ".function", cacheControl[0]);
        }
    }

    private Tool custom(String path) throws InvalidRequest {
        String[] name = new String[1];
        String[] description = new String[1];
        Json[] format = new Json[1];
        in.object(
                path,
                member -> {
                    String at = path + "." + member;
                    switch (member) {
                        case "name" -> name[0] = in.string(at);
                        case "description" -> description[0] = in.optionalString(at);
                        case "format" -> format[0] = in.optionalRaw();
                        default -> in.skip();
                    }
                });
        if (name[0] == null || name[0].isEmpty()) {
            throw BodyReader.invalid(path + ".name", "Expected the tool's name");
        }
        return new Tool.Custom(name[0], description[0], format[0]);
    }

    private Tool function(String path, @Nullable Json cacheControl) throws InvalidRequest {
        String[] name = new String[1];
        String[] description = new String[1];
        Json[] parameters = new Json[1];
        Boolean[] strict = new Boolean[1];
        in.object(
                path,
                member -> {
                    String at = path + "." + member;
                    switch (member) {
                        case "name" -> name[0] = in.string(at);
                        case "description" -> description[0] = in.optionalString(at);
                        case "parameters" -> parameters[0] = in.optionalRaw();
                        case "strict" -> strict[0] = in.optionalBoolean(at);
                        default -> in.skip();
                    }
                });
        if (name[0] == null || name[0].isEmpty()) {
            throw BodyReader.invalid(path + ".name", "Expected the function's name");
        }
        return new Tool.Function(name[0], description[0], parameters[0], strict[0], cacheControl);
    }

    @Nullable ToolChoice choice(String path) throws InvalidRequest {
        if (in.isNull()) {
            return null;
        }
        if (in.isString()) {
            return word(path, in.string(path));
        }
        if (!in.isObject()) {
            throw in.expected(path, "a string or an object");
        }
        Json raw = in.raw();
        try (BodyReader again = BodyReader.of(raw)) {
            String named = new ChatToolReader(again).named(path);
            return named == null ? new ToolChoice.Native(raw) : new ToolChoice.Named(named);
        }
    }

    /** {@code {"type":"function","function":{"name":…}}}; null for any other form. */
    private @Nullable String named(String path) throws InvalidRequest {
        String[] type = new String[1];
        String[] function = new String[1];
        in.object(
                path,
                name -> {
                    switch (name) {
                        case "type" -> type[0] = in.string(path + ".type");
                        case "function" -> function[0] = nameOf(path + ".function");
                        default -> in.skip();
                    }
                });
        return "function".equals(type[0]) ? function[0] : null;
    }

    @Nullable ToolChoice functionCall(String path) throws InvalidRequest {
        if (in.isNull()) {
            return null;
        }
        if (in.isString()) {
            return word(path, in.string(path));
        }
        String name = nameOf(path);
        if (name == null) {
            throw BodyReader.invalid(path + ".name", "Expected the function's name");
        }
        return new ToolChoice.Named(name);
    }

    private @Nullable String nameOf(String path) throws InvalidRequest {
        String[] found = new String[1];
        in.object(
                path,
                name -> {
                    if (name.equals("name")) {
                        found[0] = in.string(path + ".name");
                    } else {
                        in.skip();
                    }
                });
        return found[0];
    }

    private static ToolChoice word(String path, String word) throws InvalidRequest {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required", "any" -> new ToolChoice.Required();
            default ->
                    throw BodyReader.invalid(
                            path,
                            "Expected auto, none, required or an object, but got '" + word + "'");
        };
    }

    /** The response format; null if it is of a type that is a provider's own. */
    static @Nullable ResponseFormat format(String path, Json raw) throws InvalidRequest {
        try (BodyReader in = BodyReader.of(raw)) {
            return new ChatToolReader(in).format(path);
        }
    }

    private @Nullable ResponseFormat format(String path) throws InvalidRequest {
        String[] type = new String[1];
        Json[] schema = new Json[1];
        in.object(
                path,
                name -> {
                    switch (name) {
                        case "type" -> type[0] = in.string(path + ".type");
                        case "json_schema" -> schema[0] = in.optionalRaw();
                        default -> in.skip();
                    }
                });
        return switch (type[0]) {
            case null -> throw BodyReader.invalid(path + ".type", "Expected the format's type");
            case "text" -> new ResponseFormat.Text();
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" -> schema(path + ".json_schema", schema[0]);
            default -> null;
        };
    }

    private static ResponseFormat schema(String path, @Nullable Json raw) throws InvalidRequest {
        if (raw == null) {
            throw BodyReader.invalid(path, "Expected an object");
        }
        try (BodyReader in = BodyReader.of(raw)) {
            String[] name = {"response"};
            String[] description = new String[1];
            Json[] schema = {Json.EMPTY_OBJECT};
            Boolean[] strict = new Boolean[1];
            in.object(
                    path,
                    member -> {
                        String at = path + "." + member;
                        switch (member) {
                            case "name" -> name[0] = in.string(at);
                            case "description" -> description[0] = in.optionalString(at);
                            case "schema" -> schema[0] = in.raw();
                            case "strict" -> strict[0] = in.optionalBoolean(at);
                            default -> in.skip();
                        }
                    });
            return new ResponseFormat.JsonSchema(name[0], description[0], schema[0], strict[0]);
        }
    }
}
