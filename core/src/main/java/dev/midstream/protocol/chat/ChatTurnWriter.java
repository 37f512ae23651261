package dev.midstream.protocol.chat;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.model.Draft;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.Quirk;
import dev.midstream.model.Target;
import dev.midstream.protocol.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one canonical turn as chat messages: results of tools become messages of their own, before
 * what else the turn says.
 *
 * <p>Dropped without a word, because nothing is lost by it: cache markers, foreign reasoning.
 */
final class ChatTurnWriter {

    private final Draft draft;
    private final Target target;
    private final List<String> messages = new ArrayList<>();

    private ChatTurnWriter(Draft draft, Target target) {
        this.draft = draft;
        this.target = target;
    }

    /**
     * @param last whether it is the turn that a prefill continues
     */
    static List<String> write(Message turn, Draft draft, Target target, boolean last)
            throws Untranslatable {
        ChatTurnWriter writer = new ChatTurnWriter(draft, target);
        if (turn.role() == Role.ASSISTANT) {
            writer.assistant(turn.parts(), last);
        } else {
            writer.said(turn);
        }
        return writer.messages;
    }

    private void said(Message turn) throws Untranslatable {
        List<Part> rest = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolResult result) {
                toolResult(result, rest);
            } else {
                rest.add(part);
            }
        }
        if (!rest.isEmpty()) {
            JsonOut out = message(role(turn.role()));
            content(out, rest);
            messages.add(out.close('}').bytes().toString());
        }
    }

    private String role(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> ChatDefaults.openAi(target) ? "developer" : "system";
            case USER, TOOL -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    /** A tool message takes text only: what else a tool gave follows as a user's turn. */
    private void toolResult(Part.ToolResult result, List<Part> rest) {
        StringBuilder text = new StringBuilder();
        for (Part part : result.content()) {
            if (part instanceof Part.Text said) {
                text.append(text.isEmpty() ? "" : "\n").append(said.text());
            } else {
                rest.add(part);
            }
        }
        JsonOut out = message("tool");
        out.member("tool_call_id", result.callId()).member("content", text.toString());
        messages.add(out.close('}').bytes().toString());
    }

    private void content(JsonOut out, List<Part> parts) throws Untranslatable {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text text) {
            out.member("content", text.text());
            return;
        }
        out.name("content").open('[');
        for (Part part : parts) {
            part(out, part);
        }
        out.close(']');
    }

    private void part(JsonOut out, Part part) throws Untranslatable {
        switch (part) {
            case Part.Text text ->
                    out.open('{').member("type", "text").member("text", text.text()).close('}');
            case Part.Refusal refusal ->
                    out.open('{').member("type", "text").member("text", refusal.text()).close('}');
            case Part.Image image -> image(out, image);
            case Part.Document document -> document(out, document);
            case Part.Unknown unknown -> unknown(out, unknown);
            case Part.ToolCall call -> throw refused("messages", "a tool call of a user");
            case Part.ToolResult result -> throw refused("messages", "a result inside a result");
            case Part.Reasoning reasoning -> {}
            case Part.EncryptedReasoning reasoning -> {}
        }
    }

    private static void image(JsonOut out, Part.Image image) {
        String url =
                image.url() != null
                        ? image.url()
                        : dataUrl(image.mediaType(), String.valueOf(image.base64()), "image/png");
        out.open('{').member("type", "image_url").name("image_url").open('{').member("url", url);
        out.optional("detail", image.detail()).close('}').close('}');
    }

    private void document(JsonOut out, Part.Document document) throws Untranslatable {
        if (document.url() != null) {
            if (target.dropUnsupported()) {
                return;
            }
            throw refused("messages", "a document by URL");
        }
        out.open('{').member("type", "file").name("file").open('{');
        out.optional("filename", document.name()).optional("file_id", document.fileId());
        if (document.base64() != null) {
            out.member(
                    "file_data",
                    dataUrl(document.mediaType(), document.base64(), "application/pdf"));
        }
        out.close('}').close('}');
    }

    private void unknown(JsonOut out, Part.Unknown unknown) throws Untranslatable {
        if (!draft.request().protocol().equals(ChatProtocol.NAME)) {
            throw refused(unknown.path(), "a part of type '" + unknown.type() + "'");
        }
        out.raw(unknown.raw().text());
    }

    private static String dataUrl(@Nullable String mediaType, String base64, String otherwise) {
        return "data:" + (mediaType == null ? otherwise : mediaType) + ";base64," + base64;
    }

    private void assistant(List<Part> parts, boolean last) throws Untranslatable {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        List<Part.ToolCall> calls = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text said -> text.append(said.text());
                case Part.Refusal said -> refusal.append(said.text());
                case Part.Reasoning thought -> reasoning.append(thought.text());
                case Part.EncryptedReasoning secret -> {}
                case Part.ToolCall call -> calls.add(call);
                case Part.Unknown unknown ->
                        throw refused(unknown.path(), "a part of type '" + unknown.type() + "'");
                case Part.Image image -> throw refused("messages", "an image of the assistant");
                case Part.Document document ->
                        throw refused("messages", "a document of the assistant");
                case Part.ToolResult result ->
                        throw refused("messages", "a tool result of the assistant");
            }
        }
        JsonOut out = message("assistant");
        out.nullable("content", text.isEmpty() && !calls.isEmpty() ? null : text.toString());
        if (!refusal.isEmpty()) {
            out.member("refusal", refusal.toString());
        }
        if (!reasoning.isEmpty() && target.has(Quirk.REASONING_CONTENT)) {
            out.member("reasoning_content", reasoning.toString());
        }
        calls(out, calls);
        String mark = last ? ChatPrefill.mark(draft.method()) : null;
        if (mark != null) {
            out.member(mark, true);
        }
        messages.add(out.close('}').bytes().toString());
    }

    private static void calls(JsonOut out, List<Part.ToolCall> calls) {
        if (calls.isEmpty()) {
            return;
        }
        out.name("tool_calls").open('[');
        for (Part.ToolCall call : calls) {
            String kind = call.custom() ? "custom" : "function";
            out.open('{').member("id", call.id()).member("type", kind);
            out.name(kind).open('{').member("name", call.name());
            out.member(call.custom() ? "input" : "arguments", call.arguments()).close('}');
            out.optional("extra_content", call.extra()).close('}');
        }
        out.close(']');
    }

    private Untranslatable refused(String param, String what) {
        return new Untranslatable(
                param,
                "Deployment '" + target.id() + "' cannot take " + what + " (at '" + param + "')");
    }

    private static JsonOut message(String role) {
        return new JsonOut(new Bytes(256)).open('{').member("role", role);
    }
}
