package dev.midstream.client;

import dev.midstream.model.BlockKind;
import dev.midstream.model.StreamEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a plugged-in provider says is an answer at all: the order that {@link StreamEvent}
 * states, but that an answer need not be opened. Not thread-safe.
 */
final class ProvidedOrder {

    private final int choices;
    private final List<StreamEvent.BlockStarted> blocks = new ArrayList<>();
    private final BitSet open = new BitSet();
    private final BitSet ended = new BitSet();
    private boolean begun;
    private boolean terminated;

    /**
     * @param choices how many answers were asked for
     */
    ProvidedOrder(int choices) {
        this.choices = choices;
    }

    /**
     * Takes the next event.
     *
     * @return why it cannot be the next one, null if it can
     */
    @Nullable String objection(@Nullable StreamEvent event) {
        if (event == null) {
            return "an event is null";
        }
        if (terminated) {
            return "an event comes after the end";
        }
        String objection = inOrder(event);
        begun = true;
        return objection;
    }

    private @Nullable String inOrder(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Opened opened ->
                    begun || opened.id() == null || opened.model() == null
                            ? "the answer is opened in its middle, or without an id and a model"
                            : null;
            case StreamEvent.BlockStarted start -> start(start);
            case StreamEvent.Delta delta ->
                    delta.text() == null || delta.text().isEmpty()
                            ? "a delta is empty"
                            : touch(delta.block());
            case StreamEvent.Signed signed ->
                    signed.seal() == null ? "a seal is null" : touch(signed.block());
            case StreamEvent.Attached attached ->
                    attached.raw() == null ? "an attachment is null" : touch(attached.block());
            case StreamEvent.BlockEnded end -> end(end);
            case StreamEvent.ChoiceEnded end -> endChoice(end);
            case StreamEvent.UsageReported told -> told.usage() == null ? "a usage is null" : null;
            case StreamEvent.Restarted restarted -> "only a router starts an answer over";
            case StreamEvent.Terminated end -> {
                terminated = true;
                yield null;
            }
            case StreamEvent.Pinged pinged -> null;
            case StreamEvent.Malformed malformed -> null;
            case StreamEvent.Failed failed -> failed.failure() == null ? "a failure is null" : null;
        };
    }

    private @Nullable String start(StreamEvent.BlockStarted start) {
        if (start.block() != blocks.size()) {
            return "block " + start.block() + " starts as number " + blocks.size();
        }
        if (unknown(start.choice()) || ended.get(start.choice())) {
            return "a block starts in choice " + start.choice() + ", which there is not";
        }
        if (start.kind() == null || !named(start)) {
            return "a block starts without its kind, or a tool call without id and name";
        }
        blocks.add(start);
        open.set(start.block());
        return null;
    }

    private static boolean named(StreamEvent.BlockStarted start) {
        StreamEvent.ToolCallHead tool = start.tool();
        return start.kind() == BlockKind.TOOL_CALL
                ? tool != null && tool.id() != null && tool.name() != null
                : tool == null;
    }

    private @Nullable String touch(int block) {
        return block >= 0 && open.get(block) ? null : "block " + block + " is not open";
    }

    private @Nullable String end(StreamEvent.BlockEnded end) {
        String objection = touch(end.block());
        if (objection == null) {
            open.clear(end.block());
        }
        return end.broken() ? "a block is ended as broken off" : objection;
    }

    private @Nullable String endChoice(StreamEvent.ChoiceEnded end) {
        int choice = end.choice();
        if (unknown(choice) || ended.get(choice) || end.reason() == null) {
            return "choice " + choice + " ends, which there is not, or without a reason";
        }
        ended.set(choice);
        return open.stream().anyMatch(block -> blocks.get(block).choice() == choice)
                ? "choice " + choice + " ends inside a block"
                : null;
    }

    private boolean unknown(int choice) {
        return choice < 0 || choice >= choices;
    }
}
