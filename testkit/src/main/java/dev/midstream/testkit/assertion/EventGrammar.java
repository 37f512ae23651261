package dev.midstream.testkit.assertion;

import dev.midstream.model.BlockKind;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.Attached;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Failed;
import dev.midstream.model.StreamEvent.Malformed;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Pinged;
import dev.midstream.model.StreamEvent.Restarted;
import dev.midstream.model.StreamEvent.Signed;
import dev.midstream.model.StreamEvent.Terminated;
import dev.midstream.model.StreamEvent.UsageReported;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules that the canonical events of one answer follow, as {@link StreamEvent} states them. */
final class EventGrammar {

    private static final class Block {
        final BlockStarted start;
        final StringBuilder text = new StringBuilder();
        boolean open = true;

        Block(BlockStarted start) {
            this.start = start;
        }
    }

    private final List<String> breaches = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Set<Integer> ended = new TreeSet<>();
    private int at;
    private boolean opened;
    private boolean told;
    private boolean terminated;
    private boolean failed;

    private EventGrammar() {}

    static EventGrammar read(List<StreamEvent> events) {
        EventGrammar grammar = new EventGrammar();
        for (StreamEvent event : events) {
            grammar.at++;
            grammar.take(event);
        }
        return grammar;
    }

    private void take(StreamEvent event) {
        require(!terminated, "comes after the end");
        require(opened || event instanceof Opened || isAside(event), "comes before the opening");
        switch (event) {
            case Opened ignored -> {
                require(!opened, "opens the answer again");
                opened = true;
            }
            case BlockStarted start -> start(start);
            case Delta(int block, String text) -> delta(block, text);
            case Signed(int block, var ignored) -> touch(block);
            case Attached(int block, var ignored) -> touch(block);
            case BlockEnded(int block, boolean ignored) -> end(block);
            case ChoiceEnded(int choice, var ignored, var alsoIgnored) -> endChoice(choice);
            case UsageReported ignored -> {
                require(!told, "tells the usage again");
                require(blocks.stream().noneMatch(block -> block.open), "comes inside a block");
                told = true;
            }
            case Restarted(int block) ->
                    require(
                            block == blocks.size() - 1 && !blocks.get(block).open,
                            "supersedes a block that is not the last one or is open");
            case Terminated ignored -> terminated = true;
            case Failed ignored -> failed = true;
            case Pinged ignored -> {}
            case Malformed ignored -> {}
        }
    }

    private static boolean isAside(StreamEvent event) {
        return event instanceof Pinged || event instanceof Malformed || event instanceof Failed;
    }

    private void start(BlockStarted start) {
        require(start.block() == blocks.size(), "is not block " + blocks.size());
        require(!ended.contains(start.choice()), "starts a block in a choice that has ended");
        require(!told, "starts a block after the usage");
        blocks.add(new Block(start));
    }

    private void delta(int block, String text) {
        require(!text.isEmpty(), "is an empty delta");
        if (touch(block)) {
            blocks.get(block).text.append(text);
        }
    }

    private boolean touch(int block) {
        boolean open = block >= 0 && block < blocks.size() && blocks.get(block).open;
        require(open, "is about block " + block + ", which is not open");
        return open;
    }

    private void end(int block) {
        if (touch(block)) {
            blocks.get(block).open = false;
        }
    }

    private void endChoice(int choice) {
        require(ended.add(choice), "ends choice " + choice + " again");
        require(
                blocks.stream().noneMatch(block -> block.start.choice() == choice && block.open),
                "ends choice " + choice + " inside a block");
        require(!told, "ends a choice after the usage");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            breaches.add("event " + at + " " + otherwise);
        }
    }

    /** What is wrong, in the order of the events. */
    List<String> breaches() {
        return breaches;
    }

    /** What a whole answer has besides. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        add(missing, !opened, "it is never opened");
        add(missing, failed, "it tells a failure");
        add(missing, blocks.stream().anyMatch(block -> block.open), "a block is never closed");
        add(missing, ended.isEmpty(), "no choice ends");
        add(
                missing,
                blocks.stream().anyMatch(block -> !ended.contains(block.start.choice())),
                "a choice never ends");
        add(missing, !terminated, "it is never terminated");
        return missing;
    }

    private static void add(List<String> missing, boolean applies, String what) {
        if (applies) {
            missing.add(what);
        }
    }

    boolean terminated() {
        return terminated;
    }

    /** The joined text of the blocks of one kind in one choice. */
    String text(int choice, BlockKind kind) {
        StringBuilder text = new StringBuilder();
        blocks.stream()
                .filter(block -> block.start.choice() == choice && block.start.kind() == kind)
                .forEach(block -> text.append(block.text));
        return text.toString();
    }

    /** The names of the tools called, in order. */
    List<String> tools() {
        List<String> names = new ArrayList<>();
        for (Block block : blocks) {
            if (block.start.tool() != null) {
                names.add(block.start.tool().name());
            }
        }
        return names;
    }
}
