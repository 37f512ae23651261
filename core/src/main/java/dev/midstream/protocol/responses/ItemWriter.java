package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.Seal;
import dev.midstream.model.Target;
import dev.midstream.protocol.AnsweredCalls;
import dev.midstream.protocol.Untranslatable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical turns as input items, in their order: a turn becomes as many items as it takes.
 *
 * <p>OpenAI refuses a call without its result and a result without its call: the one gets a result
 * that says there is none, the other becomes words of the user. Reasoning goes where its seal fits
 * and something of its turn follows it. Dropped without a word, because nothing is lost by it:
 * cache markers, foreign reasoning.
 *
 * <p>Not thread-safe, for one request.
 */
final class ItemWriter {

    private static final int LONGEST_CALL_ID = 64;

    private final Target target;
    private final boolean withoutReasoning;
    private final List<String> items = new ArrayList<>();
    private final Set<String> called = new HashSet<>();
    private final Set<String> custom = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private @Nullable String reasoning;

    /**
     * @param withoutReasoning whether reasoning of earlier turns is left out
     */
    ItemWriter(Target target, boolean withoutReasoning) {
        this.target = target;
        this.withoutReasoning = withoutReasoning;
    }

    /** The items of these turns. */
    List<String> write(List<Message> turns) throws Untranslatable {
        for (Message turn : turns) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolResult result) {
                    answered.add(result.callId());
                }
            }
        }
        for (int i = 0; i < turns.size(); i++) {
            turn(turns.get(i), "messages[" + i + "]");
        }
        return items;
    }

    private void turn(Message turn, String path) throws Untranslatable {
        if (turn.role() == Role.ASSISTANT) {
            assistant(turn.parts(), path);
        } else {
            said(turn, path);
        }
    }

    // ---- what the client says

    private void said(Message turn, String path) throws Untranslatable {
        List<Part> rest = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolResult result && called.contains(result.callId())) {
                result(result, path);
            } else if (part instanceof Part.ToolResult stray) {
                rest.add(new Part.Text("<tool_result id=\"" + stray.callId() + "\">"));
                rest.addAll(stray.content());
                rest.add(new Part.Text("</tool_result>"));
            } else {
                rest.add(part);
            }
        }
        if (!rest.isEmpty()) {
            JsonOut out = item("message").member("role", role(turn.role()));
            content(out.name("content"), rest, path);
            close(out);
        }
    }

    private String role(Role role) {
        return switch (role) {
            case SYSTEM, DEVELOPER -> OpenAiModel.ofOpenAi(target) ? "developer" : "system";
            case USER, TOOL -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private void result(Part.ToolResult result, String path) throws Untranslatable {
        boolean free = custom.contains(result.callId());
        JsonOut out = item(free ? "custom_tool_call_output" : "function_call_output");
        out.member("call_id", callId(result.callId())).name("output");
        if (textOnly(result.content())) {
            out.string(text(result));
        } else {
            content(out, result.content(), path);
        }
        close(out);
    }

    private static boolean textOnly(List<Part> parts) {
        return parts.stream().allMatch(part -> part instanceof Part.Text);
    }

    private static String text(Part.ToolResult result) {
        StringBuilder text = new StringBuilder();
        for (Part part : result.content()) {
            if (part instanceof Part.Text said) {
                text.append(text.isEmpty() ? "" : "\n").append(said.text());
            }
        }
        return text.toString();
    }

    private void content(JsonOut out, List<Part> parts, String path) throws Untranslatable {
        out.open('[');
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> text(out, "input_text", text.text());
                case Part.Refusal refusal -> text(out, "input_text", refusal.text());
                case Part.Image image -> image(out, image);
                case Part.Document document -> document(out, document);
                case Part.Unknown unknown -> throw unknown(unknown);
                case Part.ToolCall call -> throw refused(path, "a tool call of a user");
                case Part.ToolResult result -> throw refused(path, "a result inside a result");
                case Part.Reasoning reasoning -> {}
                case Part.EncryptedReasoning reasoning -> {}
            }
        }
        out.close(']');
    }

    private static void text(JsonOut out, String type, String text) {
        out.open('{').member("type", type).member("text", text).close('}');
    }

    private static void image(JsonOut out, Part.Image image) {
        String url = image.url();
        if (url == null) {
            url = dataUrl(image.mediaType(), String.valueOf(image.base64()), "image/png");
        }
        out.open('{').member("type", "input_image").member("image_url", url);
        out.optional("detail", image.detail()).close('}');
    }

    private static void document(JsonOut out, Part.Document document) {
        out.open('{').member("type", "input_file");
        out.optional("file_id", document.fileId()).optional("file_url", document.url());
        String base64 = document.base64();
        if (base64 != null) {
            String type = document.mediaType() == null ? "application/pdf" : document.mediaType();
            String name = document.name();
            boolean named = name != null && !name.isBlank();
            out.member("filename", named ? String.valueOf(name) : "document" + ending(type));
            out.member("file_data", dataUrl(type, base64, type));
        }
        out.close('}');
    }

    /** The provider tells by the name what a file is. */
    private static String ending(String mediaType) {
        return mediaType.startsWith("text/") ? ".txt" : ".pdf";
    }

    private static String dataUrl(@Nullable String mediaType, String base64, String otherwise) {
        return "data:" + (mediaType == null ? otherwise : mediaType) + ";base64," + base64;
    }

    // ---- what the model said

    private void assistant(List<Part> parts, String path) throws Untranslatable {
        List<Part> said = new ArrayList<>();
        List<Part.ToolCall> unanswered = new ArrayList<>();
        reasoning = null;
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> said.add(text);
                case Part.Refusal refusal -> said.add(refusal);
                case Part.Reasoning thought -> {
                    flush(said);
                    reasoning = sealed(thought.text(), thought.seal());
                }
                case Part.EncryptedReasoning thought -> {
                    flush(said);
                    reasoning = sealed("", thought.seal());
                }
                case Part.ToolCall call -> {
                    flush(said);
                    call(call);
                    if (!answered.contains(call.id())) {
                        unanswered.add(call);
                    }
                }
                case Part.Unknown unknown -> throw unknown(unknown);
                case Part.Image image -> throw refused(path, "an image of the assistant");
                case Part.Document document -> throw refused(path, "a document of the assistant");
                case Part.ToolResult result ->
                        throw refused(path, "a tool result of the assistant");
            }
        }
        flush(said);
        for (Part.ToolCall call : unanswered) {
            Part none = new Part.Text(AnsweredCalls.NO_RESULT);
            result(new Part.ToolResult(call.id(), List.of(none), true, null), path);
        }
    }

    private void flush(List<Part> said) {
        if (said.isEmpty()) {
            return;
        }
        thought();
        JsonOut out = item("message").member("role", "assistant").name("content").open('[');
        for (Part part : said) {
            if (part instanceof Part.Refusal refusal) {
                out.open('{').member("type", "refusal").member("refusal", refusal.text());
                out.close('}');
            } else if (part instanceof Part.Text text) {
                text(out, "output_text", text.text());
            }
        }
        close(out.close(']'));
        said.clear();
    }

    private void call(Part.ToolCall call) {
        thought();
        called.add(call.id());
        if (call.custom()) {
            custom.add(call.id());
        }
        JsonOut out = item(call.custom() ? "custom_tool_call" : "function_call");
        out.member("call_id", callId(call.id())).member("name", call.name());
        if (call.custom()) {
            out.member("input", call.arguments());
        } else {
            out.member("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
        }
        close(out);
    }

    private void thought() {
        if (reasoning != null) {
            items.add(reasoning);
            reasoning = null;
        }
    }

    private @Nullable String sealed(String text, @Nullable Seal seal) {
        if (seal == null || withoutReasoning || seal.origin().isEmpty() || !seal.fits(target)) {
            return null;
        }
        JsonOut out = item("reasoning").name("summary").open('[');
        if (!text.isEmpty()) {
            text(out, "summary_text", text);
        }
        out.close(']').member("encrypted_content", seal.data());
        return out.close('}').bytes().toString();
    }

    /** Longer ids are refused: they become the same shorter one wherever they stand. */
    private static String callId(String id) {
        if (id.length() <= LONGEST_CALL_ID) {
            return id;
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return "call_" + HexFormat.of().formatHex(hash, 0, 20);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private Untranslatable unknown(Part.Unknown unknown) {
        return refused(unknown.path(), "a part of type '" + unknown.type() + "'");
    }

    private Untranslatable refused(String path, String what) {
        return new Untranslatable(
                path,
                "Deployment '" + target.id() + "' cannot take " + what + " (at '" + path + "')");
    }

    private static JsonOut item(String type) {
        return new JsonOut(new Bytes(256)).open('{').member("type", type);
    }

    private void close(JsonOut out) {
        items.add(out.close('}').bytes().toString());
    }

    /** A custom tool's format as this protocol writes it: chat wraps the grammar once more. */
    static Json format(Json format) {
        var grammar = JsonTree.read(format.text()).path("grammar");
        if (!grammar.isObject()) {
            return format;
        }
        JsonOut out = new JsonOut(new Bytes(256)).open('{').member("type", "grammar");
        out.optional("syntax", JsonTree.textOrNull(grammar, "syntax"));
        out.optional("definition", JsonTree.textOrNull(grammar, "definition"));
        return new Json(out.close('}').bytes().toString());
    }
}
