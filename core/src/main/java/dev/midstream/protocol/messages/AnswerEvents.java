package dev.midstream.protocol.messages;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says in canonical events what a stream event says, remembering what that takes: the open blocks
 * and the usage so far.
 *
 * <p>A block starts with its {@code content_block_start}, or with its first delta where that was
 * lost. A tool call without arguments gets the arguments {@code {}} at its end, which is what
 * Anthropic's clients make of it. An event that says nothing new, and one of an unknown kind, is a
 * sign of life.
 *
 * <p><b>Units</b>: {@code input_tokens} leaves cached tokens out; they are added here. The {@code
 * output_tokens} of the start are a placeholder and left unknown.
 *
 * <p><b>Source</b>: Anthropic's page on streaming messages and its SDKs' types (read 2026-11).
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class AnswerEvents {

    private static final StreamEvent PINGED = new StreamEvent.Pinged();
    private static final int MOST_BLOCKS = 10_000;

    private final Map<Integer, Block> open = new HashMap<>();
    private @Nullable Block latest;
    private int started;
    private @Nullable String messageId;
    private boolean choiceEnded;
    private int freshInput = Usage.UNKNOWN;
    private Usage usage = Usage.NONE;

    /** A block by its number on the wire and by ours. */
    private static final class Block {
        final int index;
        final int number;
        final BlockKind kind;
        boolean empty = true;

        Block(int index, int number, BlockKind kind) {
            this.index = index;
            this.number = number;
            this.kind = kind;
        }
    }

    /** Adds what the event says: at least one canonical event. */
    void say(EventReader event, List<StreamEvent> out) {
        switch (event.type) {
            case "content_block_delta" -> delta(event, out);
            case "content_block_start" -> start(event, out);
            case "content_block_stop" -> stop(open.get(event.index), out);
            case "message_start" -> opened(event, out);
            case "message_delta" -> ended(event, out);
            case "message_stop" -> out.add(new StreamEvent.Terminated());
            default -> {}
        }
        if (out.isEmpty()) {
            out.add(PINGED);
        }
    }

    private void opened(EventReader event, List<StreamEvent> out) {
        if (messageId != null) {
            if (!messageId.equals(event.messageId)) {
                fail("The upstream began a second message inside the first one", out);
            }
            return;
        }
        messageId = event.messageId;
        out.add(new StreamEvent.Opened(event.messageId, event.model, 0));
        event.outputTokens = Usage.UNKNOWN;
        usage(event, out);
    }

    private void start(EventReader event, List<StreamEvent> out) {
        stop(open.get(event.index), out);
        if (started >= MOST_BLOCKS) {
            fail("The upstream sent more than " + MOST_BLOCKS + " content blocks", out);
            return;
        }
        BlockKind kind =
                switch (event.blockType) {
                    case "text" -> BlockKind.TEXT;
                    case "thinking", "redacted_thinking" -> BlockKind.REASONING;
                    case "tool_use" -> BlockKind.TOOL_CALL;
                    default -> BlockKind.OPAQUE;
                };
        Block block = begin(event.index, kind);
        StreamEvent.ToolCallHead head =
                kind == BlockKind.TOOL_CALL
                        ? new StreamEvent.ToolCallHead(event.blockId, event.blockName, false)
                        : null;
        boolean carried = kind == BlockKind.OPAQUE || event.blockType.equals("redacted_thinking");
        Json raw = carried ? JsonText.raw(event.text(), "content_block") : null;
        out.add(new StreamEvent.BlockStarted(block.number, 0, kind, head, raw));
        if (kind == BlockKind.TOOL_CALL && event.blockInput) {
            content(block, startInput(event), out);
        } else if (!carried) {
            content(block, event.deltaText, out);
            signed(block, event.signature, out);
        }
    }

    private static String startInput(EventReader event) {
        Json start = JsonText.raw(event.text(), "content_block");
        Json input = start == null ? null : JsonText.raw(start.text(), "input");
        return input == null ? "" : input.text();
    }

    private Block begin(int index, BlockKind kind) {
        Block block = new Block(index, started++, kind);
        open.put(index, block);
        latest = block;
        return block;
    }

    private void delta(EventReader event, List<StreamEvent> out) {
        Block block =
                latest != null && latest.index == event.index ? latest : open.get(event.index);
        BlockKind told = kindOf(event.deltaType);
        if (block == null) {
            block = lost(event.index, told, out);
            if (block == null) {
                return;
            }
        }
        if (block.kind == BlockKind.OPAQUE || told == BlockKind.OPAQUE) {
            Json raw = JsonText.raw(event.text(), "delta");
            if (raw != null) {
                out.add(new StreamEvent.Attached(block.number, raw));
            }
        } else if (event.deltaType.equals("signature_delta")) {
            signed(block, event.signature, out);
        } else if (told != block.kind) {
            out.add(new StreamEvent.Malformed("A delta does not fit its content block"));
        } else {
            content(block, event.deltaText, out);
        }
    }

    /** Which kind of block a delta belongs to; opaque if it is carried as it is. */
    private static BlockKind kindOf(String deltaType) {
        return switch (deltaType) {
            case "text_delta" -> BlockKind.TEXT;
            case "thinking_delta", "signature_delta" -> BlockKind.REASONING;
            case "input_json_delta" -> BlockKind.TOOL_CALL;
            default -> BlockKind.OPAQUE;
        };
    }

    /**
     * Begins the block of a delta whose start was lost; a call cannot be begun without its name.
     */
    private @Nullable Block lost(int index, BlockKind kind, List<StreamEvent> out) {
        if (kind == BlockKind.TOOL_CALL || kind == BlockKind.OPAQUE) {
            fail("The upstream sent a part of a content block that never began", out);
            return null;
        }
        Block block = begin(index, kind);
        out.add(StreamEvent.BlockStarted.of(block.number, 0, kind));
        return block;
    }

    private static void content(Block block, String text, List<StreamEvent> out) {
        if (!text.isEmpty()) {
            block.empty = false;
            out.add(new StreamEvent.Delta(block.number, text));
        }
    }

    private static void signed(Block block, @Nullable String signature, List<StreamEvent> out) {
        if (signature != null && !signature.isEmpty()) {
            out.add(new StreamEvent.Signed(block.number, new Seal(Seal.CLAUDE, signature)));
        }
    }

    private void stop(@Nullable Block block, List<StreamEvent> out) {
        if (block == null) {
            return;
        }
        open.remove(block.index);
        latest = null;
        if (block.kind == BlockKind.TOOL_CALL && block.empty) {
            content(block, "{}", out);
        }
        out.add(new StreamEvent.BlockEnded(block.number));
    }

    private void ended(EventReader event, List<StreamEvent> out) {
        if (event.stopReason != null && !choiceEnded) {
            choiceEnded = true;
            for (Block block : new TreeMap<>(open).values()) {
                stop(block, out);
            }
            out.add(
                    new StreamEvent.ChoiceEnded(
                            0, finishReason(event.stopReason), event.stopSequence));
        }
        usage(event, out);
    }

    private void usage(EventReader event, List<StreamEvent> out) {
        freshInput = event.inputTokens == Usage.UNKNOWN ? freshInput : event.inputTokens;
        Usage told =
                new Usage(
                        Usage.UNKNOWN,
                        event.outputTokens,
                        event.cacheRead,
                        event.cacheWrite,
                        event.thinkingTokens,
                        false);
        Usage now = usage.updatedBy(told);
        if (freshInput != Usage.UNKNOWN) {
            long input = Math.max(0, now.cacheRead()) + (long) Math.max(0, now.cacheWrite());
            int whole = (int) Math.min(Integer.MAX_VALUE, freshInput + input);
            now = now.updatedBy(Usage.of(whole, Usage.UNKNOWN));
        }
        if (!now.equals(usage)) {
            usage = now;
            out.add(new StreamEvent.UsageReported(now));
        }
    }

    private static FinishReason finishReason(String stopReason) {
        return switch (stopReason) {
            case "max_tokens" -> FinishReason.LENGTH;
            case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "pause_turn" -> FinishReason.PAUSE;
            case "refusal" -> FinishReason.REFUSAL;
            case "model_context_window_exceeded" -> FinishReason.CONTEXT_WINDOW;
            default -> FinishReason.STOP;
        };
    }

    private static void fail(String message, List<StreamEvent> out) {
        out.add(new StreamEvent.Failed(new Failure.Garbled(message)));
    }
}
