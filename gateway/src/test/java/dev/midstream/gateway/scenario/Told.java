package dev.midstream.gateway.scenario;

import dev.midstream.client.Block;
import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.Usage;
import dev.midstream.testkit.scenario.Said;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What canonical events tell, put together independently of the library.
 *
 * @param blocks all of them, superseded ones too
 * @param text of the first choice: where the answer starts over, that stands apart
 * @param reason of the first choice
 */
record Told(List<Block> blocks, String text, @Nullable FinishReason reason, Usage usage) {

    static Told by(List<StreamEvent> events) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        FinishReason reason = null;
        Usage usage = Usage.NONE;
        for (StreamEvent event : events) {
            if (event instanceof BlockStarted start) {
                Block block = block(start, events);
                blocks.add(block);
                text.append(ofFirst(block) ? block.text() : "");
            } else if (event instanceof StreamEvent.Restarted) {
                text.append(Said.APART);
            } else if (event instanceof StreamEvent.ChoiceEnded end && end.choice() == 0) {
                reason = end.reason();
            } else if (event instanceof StreamEvent.UsageReported told) {
                usage = told.usage();
            }
        }
        return new Told(blocks, text.toString(), reason, usage);
    }

    private static boolean ofFirst(Block block) {
        return block.choice() == 0 && block.kind() == BlockKind.TEXT;
    }

    private static Block block(BlockStarted start, List<StreamEvent> events) {
        StringBuilder text = new StringBuilder();
        boolean complete = false;
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.Delta delta && delta.block() == start.block()) {
                text.append(delta.text());
            } else if (event instanceof StreamEvent.BlockEnded end
                    && end.block() == start.block()) {
                complete = !end.broken();
            }
        }
        return new Block(
                start.kind(),
                start.choice(),
                text.toString(),
                start.tool(),
                start.raw(),
                List.of(),
                complete);
    }
}
