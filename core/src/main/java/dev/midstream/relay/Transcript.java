package dev.midstream.relay;

import dev.midstream.json.JsonProgress;
import dev.midstream.model.BlockKind;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.seam.TokenEstimate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has been released to the client so far, in canonical form, per content block. It alone
 * decides what recovery may do.
 *
 * <p><b>Units</b>: characters are UTF-16 code units. Beyond the bound given at construction text is
 * counted but not kept: such an answer can no longer be continued.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
public final class Transcript {

    /** What is said of an answer that no model would give. */
    static final String ENDLESS =
            "The upstream's answer has no end: it is over 16 million characters";

    /** Encoders keep what they have to say again: nobody may make them keep more. */
    private static final int MOST_CHARACTERS = 16_000_000;

    /**
     * How far the client's answer has come, strictest first: what may be done about a failure
     * follows from it.
     */
    public enum Stage {
        /** A policy's end, or a refusal in progress: delivered as it is. */
        POLICY_END,
        /** Something that no other deployment can go on with. */
        BEYOND_RECOVERY,
        /** A complete tool call: the turn can end here, and nothing may be asked again. */
        TOOL_CALL,
        STRUCTURED,
        TEXT,
        REASONING,
        NOTHING
    }

    /** One released block. */
    static final class Block {
        final int number;
        final int choice;
        final BlockKind kind;
        final boolean custom;
        final @Nullable ToolCallHead tool;
        final StringBuilder text = new StringBuilder();
        boolean ended;

        Block(StreamEvent.BlockStarted start) {
            number = start.block();
            choice = start.choice();
            kind = start.kind();
            tool = start.tool();
            custom = tool != null && tool.custom();
        }

        boolean completeCall() {
            return kind == BlockKind.TOOL_CALL && (custom ? ended : wholeObject());
        }

        private boolean wholeObject() {
            JsonProgress progress = new JsonProgress();
            return progress.accept(text)
                    && progress.complete()
                    && progress.object()
                    && !progress.trailing();
        }
    }

    private final int choices;
    private final boolean structured;
    private final int maxCharacters;
    private final ArrayList<@Nullable Block> blocks = new ArrayList<>();
    private final BitSet endedChoices = new BitSet();
    private int characters;
    private long pieces;
    private boolean policyEnd;

    Transcript(int choices, boolean structured, int maxCharacters) {
        this.choices = choices;
        this.structured = structured;
        this.maxCharacters = maxCharacters;
    }

    /** The strictest stage that applies. */
    public Stage stage() {
        if (policyEnd || any(BlockKind.REFUSAL)) {
            return Stage.POLICY_END;
        }
        if (beyondRecovery()) {
            return Stage.BEYOND_RECOVERY;
        }
        if (any(BlockKind.TOOL_CALL)) {
            return Stage.TOOL_CALL;
        }
        if (any(BlockKind.TEXT)) {
            return structured ? Stage.STRUCTURED : Stage.TEXT;
        }
        return any(BlockKind.REASONING) ? Stage.REASONING : Stage.NOTHING;
    }

    /** Whether the answer is longer than any that is meant. */
    boolean endless() {
        return characters > MOST_CHARACTERS;
    }

    /** Whether anything of the answer's content has been released. */
    public boolean delivered() {
        return blocks.stream().anyMatch(Objects::nonNull);
    }

    /** The released text of the answer, reasoning and calls left out. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (Block block : blocks) {
            if (block != null && block.kind == BlockKind.TEXT) {
                all.append(block.text);
            }
        }
        return all.toString();
    }

    /** What has been released, block by block; what was superseded is not among it. */
    public List<ReleasedBlock> blocks() {
        List<ReleasedBlock> released = new ArrayList<>();
        for (Block b : blocks) {
            if (b != null) {
                released.add(
                        new ReleasedBlock(
                                b.number, b.choice, b.kind, b.text.toString(), b.tool, b.ended));
            }
        }
        return released;
    }

    /** The released reasoning. */
    public String reasoning() {
        StringBuilder all = new StringBuilder();
        for (Block block : blocks) {
            if (block != null && block.kind == BlockKind.REASONING) {
                all.append(block.text);
            }
        }
        return all.toString();
    }

    private boolean beyondRecovery() {
        return any(BlockKind.OPAQUE)
                || characters > maxCharacters
                || (choices > 1 && (any(BlockKind.TEXT) || any(BlockKind.TOOL_CALL)))
                || blocks.stream()
                        .anyMatch(
                                b ->
                                        b != null
                                                && b.kind == BlockKind.TOOL_CALL
                                                && !b.completeCall());
    }

    private boolean any(BlockKind kind) {
        for (Block block : blocks) {
            if (block != null && block.kind == kind) {
                return true;
            }
        }
        return false;
    }

    void apply(StreamEvent event) {
        switch (event) {
            case StreamEvent.BlockStarted start -> start(start);
            case StreamEvent.Delta delta -> append(delta);
            case StreamEvent.BlockEnded end -> block(end.block()).ended = true;
            case StreamEvent.ChoiceEnded end -> end(end);
            case StreamEvent.Restarted restarted -> forgetText();
            case StreamEvent.Opened o -> {}
            case StreamEvent.Signed s -> {}
            case StreamEvent.Attached attached -> characters += attached.raw().text().length();
            case StreamEvent.UsageReported u -> {}
            case StreamEvent.Terminated t -> {}
            case StreamEvent.Pinged p -> {}
            case StreamEvent.Malformed m -> {}
            case StreamEvent.Failed f -> {}
        }
    }

    /** What follows is a new answer: all text before it is superseded. */
    private void forgetText() {
        for (Block block : texts()) {
            blocks.set(block.number, null);
        }
    }

    private List<Block> texts() {
        List<Block> texts = new ArrayList<>();
        for (Block block : blocks) {
            if (block != null && block.kind == BlockKind.TEXT) {
                texts.add(block);
            }
        }
        return texts;
    }

    void append(StreamEvent.Delta delta) {
        characters += delta.text().length();
        pieces++;
        if (characters <= maxCharacters) {
            block(delta.block()).text.append(delta.text());
        }
    }

    private void start(StreamEvent.BlockStarted start) {
        while (blocks.size() <= start.block()) {
            blocks.add(null);
        }
        blocks.set(start.block(), new Block(start));
    }

    private void end(StreamEvent.ChoiceEnded end) {
        endedChoices.set(end.choice());
        policyEnd |= end.reason().policyEnd();
    }

    private Block block(int number) {
        return Objects.requireNonNull(blocks.get(number));
    }

    /** The number of the next new block. */
    int nextBlock() {
        return blocks.size();
    }

    int endedChoices() {
        return endedChoices.cardinality();
    }

    /** Whether every choice that has begun has also ended, and at least one has. */
    boolean everyChoiceEnded() {
        return !endedChoices.isEmpty()
                && blocks.stream().allMatch(b -> b == null || endedChoices.get(b.choice));
    }

    /** Blocks that are open, in order. */
    List<Block> openBlocks() {
        return blocks.stream()
                .filter(b -> b != null && !b.ended)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** The text block that a continuation goes on in, null if there is none or it was closed. */
    @Nullable Block openText() {
        Block last = lastText();
        return last == null || last.ended ? null : last;
    }

    /** The last text block, open or closed; null if there is none. */
    @Nullable Block lastText() {
        List<Block> texts = texts();
        return texts.isEmpty() ? null : texts.get(texts.size() - 1);
    }

    /** How many tokens of output were released, as far as that can be told. */
    long tokens() {
        return TokenEstimate.ofPieces(pieces, bytes());
    }

    /** UTF-8 bytes of everything released: what token figures are estimated from. */
    long bytes() {
        long bytes = 0;
        for (Block block : blocks) {
            if (block != null) {
                bytes += TokenEstimate.utf8Bytes(block.text);
            }
        }
        return bytes;
    }

    /** Forgets everything: only for answers that nobody has seen. */
    void reset() {
        blocks.clear();
        endedChoices.clear();
        characters = 0;
        pieces = 0;
        policyEnd = false;
    }
}
