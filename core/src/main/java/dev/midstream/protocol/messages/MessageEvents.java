package dev.midstream.protocol.messages;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonStringWriter;
import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a Messages stream, each with its name. What is returned is valid until the
 * next call; nothing is allocated for a piece of text. Not thread-safe.
 */
final class MessageEvents {

    private static final int KEPT = 64 * 1024;

    private final Bytes out = new Bytes(1024);

    Bytes messageStart(MessageIdentity identity, Usage usage) {
        JsonOut json = begin("message_start").name("message").open('{');
        json.member("id", identity.id()).member("type", "message").member("role", "assistant");
        json.member("model", identity.model()).name("content").raw("[]");
        json.name("stop_reason").raw("null").name("stop_sequence").raw("null").name("usage");
        MessageUsage.atStart(json, usage);
        json.close('}');
        return end(json);
    }

    /**
     * @param id the id to show of a call
     */
    Bytes blockStart(ShownBlock block, BlockStarted start, String id) {
        JsonOut json = begin("content_block_start").member("index", block.index);
        json.name("content_block");
        switch (start.kind()) {
            case TEXT, REFUSAL ->
                    json.open('{').member("type", "text").member("text", "").close('}');
            case REASONING -> thinking(json, start.raw());
            case TOOL_CALL -> {
                String name = start.tool() == null ? "" : start.tool().name();
                json.open('{').member("type", "tool_use").member("id", id).member("name", name);
                json.name("input").raw("{}").close('}');
            }
            case OPAQUE -> opaque(json, block, start.raw());
        }
        return end(json);
    }

    private static void thinking(JsonOut json, @Nullable Json raw) {
        if (raw != null && "redacted_thinking".equals(ForeignBlocks.type(raw))) {
            json.raw(raw.text());
            return;
        }
        json.open('{').member("type", "thinking").member("thinking", "");
        json.member("signature", "").close('}');
    }

    /** The input of a provider's own call is told by a delta, as that of any call. */
    private static void opaque(JsonOut json, ShownBlock block, @Nullable Json raw) {
        String text = raw == null ? "{}" : raw.text();
        Json input = block.call ? JsonText.raw(text, "input") : null;
        if (input == null) {
            json.raw(text);
            return;
        }
        block.input = input;
        json.raw(Members.with(text, "input", "{}"));
    }

    /** One piece of a block's content. */
    Bytes delta(ShownBlock block, String text) {
        head(block.index);
        switch (block.kind) {
            case TEXT, REFUSAL -> out.text("{\"type\":\"text_delta\",\"text\":");
            case REASONING -> out.text("{\"type\":\"thinking_delta\",\"thinking\":");
            case TOOL_CALL -> out.text("{\"type\":\"input_json_delta\",\"partial_json\":");
            case OPAQUE -> {
                out.clear();
                return out;
            }
        }
        JsonStringWriter.write(out, block.custom ? freeText(block, text) : text);
        block.said = true;
        return out.text("}}\n\n");
    }

    /** Free text as a piece of the one string in an object. */
    private static String freeText(ShownBlock block, String text) {
        Bytes bare = new Bytes(text.length() + 16);
        bare.text(block.said ? "" : "{\"input\":\"");
        JsonStringWriter.writeBare(bare, text);
        return bare.toString();
    }

    Bytes attached(ShownBlock block, Json delta) {
        head(block.index);
        return out.text(delta.text()).text("}\n\n");
    }

    /**
     * The end of a block, with what has to stand before it: the signature, the input that a call
     * cannot be without.
     */
    Bytes blockStop(ShownBlock block, boolean broken) {
        out.clear(KEPT);
        Seal seal = block.seal;
        if (block.kind == BlockKind.REASONING && seal != null && !broken) {
            append(block.index, "signature_delta", "signature", seal.written(Seal.CLAUDE));
        }
        if (block.custom) {
            append(block.index, "input_json_delta", "partial_json", block.said ? "\"}" : "{}");
        } else if (block.call && !block.said) {
            String input = block.input == null ? "" : block.input.text();
            append(block.index, "input_json_delta", "partial_json", input);
        }
        out.text("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":");
        return out.number(block.index).text("}\n\n");
    }

    private void append(int index, String type, String name, String value) {
        out.text("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":");
        out.number(index).text(",\"delta\":{\"type\":\"").text(type).text("\",\"").text(name);
        out.text("\":");
        JsonStringWriter.write(out, value);
        out.text("}}\n\n");
    }

    Bytes messageDelta(@Nullable ChoiceEnded ended, boolean called, Usage usage) {
        FinishReason reason = ended == null ? FinishReason.STOP : ended.reason();
        JsonOut json = begin("message_delta").name("delta").open('{');
        json.member("stop_reason", StopReasons.word(reason, called));
        json.nullable("stop_sequence", ended == null ? null : ended.stopSequence()).close('}');
        json.name("usage");
        MessageUsage.atEnd(json, usage);
        return end(json);
    }

    private void head(int index) {
        out.clear(KEPT);
        out.text("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":");
        out.number(index).text(",\"delta\":");
    }

    private JsonOut begin(String type) {
        out.clear(KEPT);
        out.text("event: ").text(type).text("\ndata: ");
        return new JsonOut(out).open('{').member("type", type);
    }

    private Bytes end(JsonOut json) {
        json.close('}');
        return out.text("\n\n");
    }
}
