package dev.midstream.gateway.scenario;

import dev.midstream.client.Block;
import dev.midstream.model.FinishReason;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What canonical events tell, put together independently of the library.
 *
 * @param blocks all of them, superseded ones too
 * @param reason of the first choice
 */
record Told(List<Block> blocks, @Nullable FinishReason reason, Usage usage) {

    static Told by(List<StreamEvent> events) {
        List<Block> blocks = new ArrayList<>();
        FinishReason reason = null;
        Usage usage = Usage.NONE;
        for (StreamEvent event : events) {
            if (event instanceof BlockStarted start) {
                blocks.add(block(start, events));
            } else if (event instanceof StreamEvent.ChoiceEnded end && end.choice() == 0) {
                reason = end.reason();
            } else if (event instanceof StreamEvent.UsageReported told) {
                usage = told.usage();
            }
        }
        return new Told(blocks, reason, usage);
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
