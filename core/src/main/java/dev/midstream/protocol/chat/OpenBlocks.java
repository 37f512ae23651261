package dev.midstream.protocol.chat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ToolCallHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client of chat has been shown so far: its choices, and what each block of the answer is
 * there.
 */
final class OpenBlocks {

    private final List<@Nullable Block> blocks = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();

    /** A choice: whether its role and its finish are out, and how many calls it has. */
    static final class Choice {
        boolean role;
        boolean finished;
        boolean legacy;
        boolean restarted;
        private int calls;
        private boolean reasoned;
    }

    /** A block: where it stands in chat. */
    static final class Block {
        final int choice;
        final BlockKind kind;
        final int toolIndex;
        final boolean custom;
        final boolean legacy;

        /** Whether a blank line parts its first piece from what was said before. */
        boolean breakBefore;

        private Block(int choice, BlockKind kind, int toolIndex, boolean custom, boolean legacy) {
            this.choice = choice;
            this.kind = kind;
            this.toolIndex = toolIndex;
            this.custom = custom;
            this.legacy = legacy;
        }
    }

    Choice choice(int index) {
        while (choices.size() <= index) {
            choices.add(new Choice());
        }
        return choices.get(index);
    }

    @Nullable Block block(int number) {
        return number < blocks.size() ? blocks.get(number) : null;
    }

    Block start(BlockStarted started) {
        Choice choice = choice(started.choice());
        ToolCallHead tool = started.tool();
        boolean legacy = ChunkEvents.LEGACY.equals(started.raw());
        boolean call = started.kind() == BlockKind.TOOL_CALL;
        Block block =
                new Block(
                        started.choice(),
                        started.kind(),
                        call ? choice.calls++ : -1,
                        tool != null && tool.custom(),
                        legacy);
        choice.legacy |= legacy;
        if (started.kind() == BlockKind.REASONING) {
            block.breakBefore = choice.reasoned;
            choice.reasoned = true;
        } else if (started.kind() == BlockKind.TEXT) {
            block.breakBefore = choice.restarted;
            choice.restarted = false;
        }
        while (blocks.size() <= started.block()) {
            blocks.add(null);
        }
        blocks.set(started.block(), block);
        return block;
    }
}
