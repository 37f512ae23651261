package dev.midstream.simulation;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.simulation.WholeAnswer.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client of the canonical events: it collects what it is shown and insists on their grammar.
 *
 * <p>One opening, before everything else; block numbers used once; content only in open blocks;
 * each block ended before its choice ends; nothing of a choice after its end; no tool call twice;
 * nothing that only concerns upstreams.
 */
final class Client {

    /** A block as the client has it. */
    static final class Block {
        final StreamEvent.BlockStarted start;
        final StringBuilder text = new StringBuilder();
        boolean open = true;
        boolean superseded;

        Block(StreamEvent.BlockStarted start) {
            this.start = start;
        }
    }

    private final WholeAnswer answer;
    private final boolean blocksInOrder;
    private boolean mayRestart;
    private final Map<Integer, Block> blocks = new TreeMap<>();
    private final Map<Integer, FinishReason> ends = new TreeMap<>();
    private final Set<String> callIds = new HashSet<>();
    private final StringBuilder fresh = new StringBuilder();
    private boolean opened;
    private boolean restartAnnounced;
    private int callText;

    Client(WholeAnswer answer, boolean blocksInOrder, boolean mayRestart) {
        this.answer = answer;
        this.blocksInOrder = blocksInOrder;
        this.mayRestart = mayRestart;
    }

    /** It was decided that the answer may start over. */
    void mayRestart() {
        mayRestart = true;
    }

    /** A new input of the engine begins. */
    void newInput() {
        fresh.setLength(0);
    }

    void frame(Frame frame) {
        if (frame.protocol().equals(SimFrames.PROTOCOL)) {
            Violation.unless(
                    SimFrames.bytesMatch(frame), "a frame's bytes are not its own any more");
        }
        for (int i = 0; i < frame.size(); i++) {
            event(frame.event(i));
        }
    }

    void event(StreamEvent event) {
        Violation.unless(
                opened || event instanceof StreamEvent.Opened,
                "shown before the opening: " + event);
        switch (event) {
            case StreamEvent.Opened o -> open();
            case StreamEvent.BlockStarted start -> start(start);
            case StreamEvent.Delta delta -> append(delta);
            case StreamEvent.Signed signed -> openBlock(signed.block());
            case StreamEvent.Attached attached -> openBlock(attached.block());
            case StreamEvent.BlockEnded end -> openBlock(end.block()).open = false;
            case StreamEvent.ChoiceEnded end -> end(end);
            case StreamEvent.Restarted restarted -> restart(restarted.block());
            case StreamEvent.UsageReported u -> {}
            case StreamEvent.Terminated t -> {}
            case StreamEvent.Pinged p -> {}
            case StreamEvent.Malformed m -> throw new Violation("shown a malformed event");
            case StreamEvent.Failed f -> throw new Violation("shown an upstream's failure");
        }
    }

    private void open() {
        Violation.unless(!opened, "opened twice");
        opened = true;
    }

    private void start(StreamEvent.BlockStarted start) {
        Violation.unless(!blocks.containsKey(start.block()), "block number used twice: " + start);
        Violation.unless(start.choice() < answer.choices(), "no such choice: " + start);
        Violation.unless(!ends.containsKey(start.choice()), "after its choice's end: " + start);
        if (blocksInOrder) {
            Violation.unless(start.block() == blocks.size(), "out of order: " + start);
            Violation.unless(openBlocks() == 0, "before the block before it ended: " + start);
        }
        Violation.unless(
                start.kind() != BlockKind.TEXT || openText() == null || answer.choices() > 1,
                "a second text block beside an open one");
        if (start.kind() == BlockKind.TOOL_CALL) {
            Violation.unless(start.tool() != null, "a tool call without id and name");
            Violation.unless(callIds.add(start.tool().id()), "a tool call shown twice");
        }
        blocks.put(start.block(), new Block(start));
        restartAnnounced = false;
    }

    private void append(StreamEvent.Delta delta) {
        Violation.unless(!delta.text().isEmpty(), "an empty delta");
        Block block = openBlock(delta.block());
        block.text.append(delta.text());
        if (block.start.kind() == BlockKind.TOOL_CALL) {
            callText += delta.text().length();
        } else {
            fresh.append(delta.text());
        }
    }

    private Block openBlock(int number) {
        Block block = blocks.get(number);
        Violation.unless(block != null && block.open, "not an open block: " + number);
        return block;
    }

    private void end(StreamEvent.ChoiceEnded end) {
        Violation.unless(end.choice() < answer.choices(), "no such choice: " + end);
        Violation.unless(ends.put(end.choice(), end.reason()) == null, "a choice ended twice");
        for (Block block : blocks.values()) {
            Violation.unless(
                    !block.open || block.start.choice() != end.choice(),
                    "a choice ended before its block " + block.start.block());
        }
    }

    private void restart(int number) {
        Violation.unless(mayRestart, "started over although nobody chose that");
        Block block = blocks.get(number);
        Violation.unless(
                block != null && !block.open && block.start.kind() == BlockKind.TEXT,
                "superseded is not an ended text block");
        blocks.values()
                .forEach(before -> before.superseded |= before.start.kind() == BlockKind.TEXT);
        restartAnnounced = true;
    }

    /** Forgets everything: an assembled answer that nobody has seen starts over. */
    void reset() {
        blocks.clear();
        ends.clear();
        callIds.clear();
        opened = false;
        callText = 0;
    }

    // ---- what it has

    boolean opened() {
        return opened;
    }

    boolean restartAnnounced() {
        return restartAnnounced;
    }

    boolean hasContent() {
        return !blocks.isEmpty();
    }

    boolean has(BlockKind kind) {
        return blocks.values().stream().anyMatch(b -> b.start.kind() == kind && !b.superseded);
    }

    String text(int choice) {
        StringBuilder all = new StringBuilder();
        for (Block block : blocks.values()) {
            if (block.start.kind() == BlockKind.TEXT
                    && block.start.choice() == choice
                    && !block.superseded) {
                all.append(block.text);
            }
        }
        return all.toString();
    }

    /** Of everything that it has. */
    int characters() {
        return blocks.values().stream().mapToInt(block -> block.text.length()).sum();
    }

    List<String> reasonings() {
        return blocks.values().stream()
                .filter(b -> b.start.kind() == BlockKind.REASONING)
                .map(b -> b.text.toString())
                .toList();
    }

    private @Nullable Block openText() {
        for (Block block : blocks.values()) {
            if (block.open && block.start.kind() == BlockKind.TEXT) {
                return block;
            }
        }
        return null;
    }

    private long openBlocks() {
        return blocks.values().stream().filter(block -> block.open).count();
    }

    /** The tool calls whose arguments are as whole as in the answer, in order. */
    List<Piece> wholeCalls() {
        List<Piece> calls = new ArrayList<>();
        for (Block block : blocks.values()) {
            Piece call = call(block);
            if (call != null && answer.pieces().contains(call)) {
                calls.add(call);
            }
        }
        return calls;
    }

    int calls() {
        return (int)
                blocks.values().stream().filter(b -> b.start.kind() == BlockKind.TOOL_CALL).count();
    }

    private static @Nullable Piece call(Block block) {
        return block.start.tool() == null
                ? null
                : Piece.call(block.start.tool().name(), block.text.toString());
    }

    Map<Integer, FinishReason> ends() {
        return ends;
    }

    /** The text and reasoning of this input. */
    CharSequence fresh() {
        return fresh;
    }

    /** How many characters of arguments it has. */
    int callText() {
        return callText;
    }
}
