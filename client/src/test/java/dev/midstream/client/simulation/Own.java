package dev.midstream.client.simulation;

import dev.midstream.client.spi.Provider;
import dev.midstream.model.BlockKind;
import dev.midstream.model.Draft;
import dev.midstream.model.FinishReason;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A provider in the same process, which may say nonsense. Not thread-safe. */
final class Own implements Provider {

    private final String story;
    private final RandomGenerator random;
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    int asked;
    int open;

    Own(String story, RandomGenerator random) {
        this.story = story;
        this.random = random;
    }

    boolean able() {
        return !turns.isEmpty();
    }

    void turn() {
        turns.remove().run();
    }

    @Override
    public Provider.Exchange answer(Draft draft, Target target, Answering answer) {
        asked++;
        turns.clear();
        if (random.nextInt(10) == 0) {
            throw new IllegalStateException("the provider threw");
        }
        open = 1;
        for (StreamEvent event : events()) {
            turns.add(() -> answer.event(event));
        }
        turns.add(
                random.nextInt(4) == 0
                        ? () -> end(() -> answer.failed(new IOException("gone")))
                        : () -> end(answer::complete));
        if (random.nextInt(5) == 0) {
            turn();
        }
        return this::cancel;
    }

    private void end(Runnable told) {
        open = 0;
        told.run();
    }

    private void cancel() {
        turns.clear();
        open = 0;
        if (random.nextInt(10) == 0) {
            throw new IllegalStateException("the provider threw when it was cancelled");
        }
    }

    private List<StreamEvent> events() {
        List<StreamEvent> events = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            events.add(new StreamEvent.Opened("own-1", "own", 7));
        }
        events.add(StreamEvent.BlockStarted.text(0, 0));
        for (String word : story.splitWithDelimiters(" ", 0)) {
            events.add(new StreamEvent.Delta(0, word));
        }
        events.add(new StreamEvent.BlockEnded(0));
        events.add(new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null));
        events.add(new StreamEvent.Terminated());
        if (random.nextInt(3) == 0) {
            events.add(random.nextInt(events.size()), nonsense());
        }
        return events;
    }

    private StreamEvent nonsense() {
        return switch (random.nextInt(8)) {
            case 0 -> new StreamEvent.Delta(7, "?");
            case 1 -> new StreamEvent.Delta(-1, "?");
            case 2 -> new StreamEvent.BlockStarted(0, 0, BlockKind.TOOL_CALL, null, null);
            case 3 -> new StreamEvent.BlockEnded(3);
            case 4 -> new StreamEvent.ChoiceEnded(5, FinishReason.STOP, null);
            case 5 -> new StreamEvent.Restarted(0);
            case 6 -> StreamEvent.BlockStarted.text(9, 0);
            default -> null;
        };
    }
}
