package dev.midstream.relay;

import dev.midstream.model.BlockKind;
import dev.midstream.model.StreamEvent.ToolCallHead;
import org.jspecify.annotations.Nullable;

/**
 * A content block as the client has it. Immutable.
 *
 * @param number its place among the answer's blocks
 * @param choice the answer that it belongs to, 0 where only one was asked for
 * @param text its text so far; of a tool call the JSON text of its arguments
 * @param tool id and name, for tool calls only
 * @param ended whether it is whole
 */
public record ReleasedBlock(
        int number,
        int choice,
        BlockKind kind,
        String text,
        @Nullable ToolCallHead tool,
        boolean ended) {}
