package dev.midstream.client;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Message;
import dev.midstream.model.Part;
import dev.midstream.model.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, or as much of one as was delivered. Immutable.
 *
 * @param id as its provider calls it, empty if it gave none
 * @param model as its provider wrote it, empty if it did not
 * @param created seconds since the epoch, 0 if nobody said
 * @param blocks in the order in which they began, over all choices; text that a restart has
 *     superseded is left out
 * @param reasons why each choice ended, by its number; empty where the answer broke off
 * @param usage as of one seamless call
 * @param report how it came about
 */
public record Answer(
        String id,
        String model,
        long created,
        List<Block> blocks,
        Map<Integer, FinishReason> reasons,
        Usage usage,
        CallReport report) {

    public Answer {
        blocks = List.copyOf(blocks);
        reasons = Map.copyOf(reasons);
    }

    /** The text of the first choice, reasoning and tool calls left out. */
    public String text() {
        return text(0);
    }

    /** The text of a choice, reasoning and tool calls left out. */
    public String text(int choice) {
        return joined(choice, BlockKind.TEXT);
    }

    /** What the model thought for the first choice, as far as it was shown. */
    public String reasoning() {
        return joined(0, BlockKind.REASONING);
    }

    private String joined(int choice, BlockKind kind) {
        StringBuilder text = new StringBuilder();
        for (Block block : blocks) {
            if (block.choice() == choice && block.kind() == kind) {
                text.append(block.text());
            }
        }
        return text.toString();
    }

    /** The calls of the first choice that the application is to run. */
    public List<Part.ToolCall> toolCalls() {
        return message().parts().stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(Part.ToolCall.class::cast)
                .toList();
    }

    /** Why the first choice ended, null where the answer broke off. */
    public @Nullable FinishReason finishReason() {
        return reasons.get(0);
    }

    /**
     * The first choice as the assistant's turn, for the next request of the conversation: with its
     * tool calls, and its reasoning in the form in which its maker takes it back.
     */
    public Message message() {
        return new Message(
                Message.Role.ASSISTANT,
                blocks.stream()
                        .filter(block -> block.choice() == 0)
                        .flatMap(block -> block.parts().stream())
                        .toList());
    }
}
