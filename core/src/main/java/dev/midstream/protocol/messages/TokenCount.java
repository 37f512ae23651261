package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Part;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An estimate of the tokens of a prompt, for when no upstream can count them: it errs on the high
 * side for English and on no side for anything else.
 *
 * <p>One token for every {@value #BYTES_A_TOKEN} bytes of UTF-8 of texts, names, arguments and
 * schemas, rounded up for each of them; {@value #A_TURN} for every turn and {@value #A_TOOL} for
 * every tool besides, and {@value #TOOLS_AT_ALL} once if there are tools. An image counts {@value
 * #AN_IMAGE}, what Anthropic counts for the largest that it does not shrink; an inline document one
 * for every {@value #DOCUMENT_BYTES_A_TOKEN} bytes of the file, any other {@value #A_DOCUMENT}.
 *
 * <p><b>Source</b>: Anthropic's pages on vision, PDF support and tool use (read 2026-11); the rest
 * is a rule of thumb. Stateless.
 */
public final class TokenCount {

    private static final int BYTES_A_TOKEN = 4;
    private static final int A_TURN = 4;
    private static final int A_TOOL = 8;
    private static final int TOOLS_AT_ALL = 300;
    private static final int AN_IMAGE = 1_600;
    private static final int A_DOCUMENT = 3_000;
    private static final int DOCUMENT_BYTES_A_TOKEN = 32;

    private TokenCount() {}

    /** The estimate, in tokens of input; at least 1. */
    public static int of(Request request) {
        long tokens = request.tools().isEmpty() ? 0 : TOOLS_AT_ALL;
        for (Message turn : request.messages()) {
            tokens += A_TURN + parts(turn.parts());
        }
        for (Tool tool : request.tools()) {
            tokens += A_TOOL + tool(tool);
        }
        if (request.format() instanceof ResponseFormat.JsonSchema schema) {
            tokens += text(schema.schema());
        }
        return Math.clamp(tokens, 1, Integer.MAX_VALUE);
    }

    private static long tool(Tool tool) {
        return switch (tool) {
            case Tool.Function function ->
                    text(function.name())
                            + text(function.description())
                            + text(function.parameters());
            case Tool.Custom custom ->
                    text(custom.name()) + text(custom.description()) + text(custom.format());
            case Tool.Native own -> text(own.raw());
        };
    }

    private static long parts(List<Part> parts) {
        long tokens = 0;
        for (Part part : parts) {
            tokens += part(part);
        }
        return tokens;
    }

    private static long part(Part part) {
        return switch (part) {
            case Part.Text said -> text(said.text());
            case Part.Refusal said -> text(said.text());
            case Part.Reasoning thought -> text(thought.text());
            case Part.EncryptedReasoning secret -> text(secret.seal().data());
            case Part.ToolCall call -> A_TURN + text(call.name()) + text(call.arguments());
            case Part.ToolResult result -> A_TURN + parts(result.content());
            case Part.Image image -> AN_IMAGE;
            case Part.Document document -> document(document.base64());
            case Part.Unknown unknown -> text(unknown.raw());
        };
    }

    private static long document(@Nullable String base64) {
        return base64 == null ? A_DOCUMENT : base64.length() * 3L / 4 / DOCUMENT_BYTES_A_TOKEN + 1;
    }

    private static long text(@Nullable Json json) {
        return json == null ? 0 : text(json.text());
    }

    private static long text(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return (bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }
}
