package dev.midstream.client;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Json;
import dev.midstream.model.Part;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent.ToolCallHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A content block of an answer. Immutable.
 *
 * @param choice the answer that it belongs to, counted from 0; 0 unless several were asked for
 * @param text what its deltas say together; of a tool call the JSON text of the arguments
 * @param tool id and name, for tool calls only
 * @param raw the protocol's own form of a block that is carried and not understood, or null
 * @param seals proofs of origin of reasoning
 * @param complete whether the block was ended by its upstream: text that broke off is not
 */
public record Block(
        BlockKind kind,
        int choice,
        String text,
        @Nullable ToolCallHead tool,
        @Nullable Json raw,
        List<Seal> seals,
        boolean complete) {

    public Block {
        seals = List.copyOf(seals);
    }

    /** The same as parts of an assistant's turn, for the next request of the conversation. */
    List<Part> parts() {
        return switch (kind) {
            case TEXT -> text.isEmpty() ? List.of() : List.of(new Part.Text(text));
            case REFUSAL -> List.of(new Part.Refusal(text));
            case REASONING -> reasoning();
            case TOOL_CALL -> toolCall();
            case OPAQUE -> List.of();
        };
    }

    private List<Part> reasoning() {
        if (seals.isEmpty()) {
            return text.isEmpty() ? List.of() : List.of(new Part.Reasoning(text, null));
        }
        List<Part> parts = new ArrayList<>();
        for (Seal seal : seals) {
            boolean first = parts.isEmpty() && !text.isEmpty();
            parts.add(first ? new Part.Reasoning(text, seal) : new Part.EncryptedReasoning(seal));
        }
        return parts;
    }

    private List<Part> toolCall() {
        return tool == null
                ? List.of()
                : List.of(new Part.ToolCall(tool.id(), tool.name(), text, tool.custom(), raw));
    }
}
