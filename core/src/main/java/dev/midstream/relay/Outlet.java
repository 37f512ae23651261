package dev.midstream.relay;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.routing.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What leaves toward the client: the commit point, openings that wait for the first content,
 * frames, heartbeats. Whatever leaves is entered in the transcript here and nowhere else.
 *
 * <p>Event-loop confined.
 */
final class Outlet {

    private static final int MAX_OPENINGS = 32;

    private final boolean stream;
    private final Settings settings;
    private final Transcript transcript;
    private final Ledger ledger;
    private final List<Step> steps;
    private final List<Frame> openings = new ArrayList<>();
    private boolean openingShown;
    private boolean committed;
    private long begun;
    private long lastWrite;
    private long released;

    /**
     * @param stream whether the client wants a stream: else nothing is committed before the end
     * @param steps where the steps go
     */
    Outlet(
            boolean stream,
            Settings settings,
            Transcript transcript,
            Ledger ledger,
            List<Step> steps) {
        this.stream = stream;
        this.settings = settings;
        this.transcript = transcript;
        this.ledger = ledger;
        this.steps = steps;
    }

    void begin(long now) {
        begun = now;
        lastWrite = now;
    }

    boolean committed() {
        return committed;
    }

    /** Whether anything of the answer has left toward the client. */
    boolean delivered() {
        return committed && transcript.delivered();
    }

    /** Whether the client has seen how an answer begins, so that no other beginning may follow. */
    boolean openingShown() {
        return openingShown;
    }

    /** The usual frame: one delta of a block that is already going through. */
    void through(Frame frame, StreamEvent.Delta delta, long now) {
        lastWrite = now;
        released = now;
        transcript.append(delta);
        steps.add(new Step.ReleaseFrame(frame));
    }

    void emit(Attempt a, Frame frame, long now) {
        if (!committed && stream) {
            commit(a, now);
        }
        if (a.firstReleased == 0 && a.continues()) {
            steps.add(new Step.Tell(new Notice.Continued(a.number, a.method(), a.grade)));
        }
        show(a, frame, now);
        a.served = true;
        if (a.firstReleased == 0) {
            a.firstReleased = now;
            a.gap = a.delivered == 0 ? 0 : now - released;
        }
        released = now;
    }

    private void show(Attempt a, Frame frame, long now) {
        showOpenings();
        openingShown = true;
        Frame whole = frame.verbatim() ? frame : withEndedBlocks(frame);
        for (int i = 0; i < whole.size(); i++) {
            StreamEvent event = whole.event(i);
            transcript.apply(event);
            if (a.verbatim()
                    && event instanceof StreamEvent.BlockStarted start
                    && start.kind() != BlockKind.TOOL_CALL) {
                a.live.set(start.block());
            }
        }
        steps.add(new Step.ReleaseFrame(whole));
        lastWrite = now;
    }

    /**
     * A frame without content: an opening, and what belongs to the protocol behind one, waits for
     * the first content, unless it is due already.
     */
    void beside(Attempt a, Frame frame, boolean opening, long now) {
        if (committed && opening || openingShown && (opening || frame.extras())) {
            show(a, frame, now);
        } else if (openings.size() < MAX_OPENINGS
                && (opening || frame.extras() && !openings.isEmpty())) {
            openings.add(frame.copy());
        }
    }

    /** The attempt is over: how it would have begun concerns nobody. */
    void dropOpenings() {
        openings.clear();
    }

    /** Ends every block that is open. */
    void endBlocks(long now) {
        for (Transcript.Block block : transcript.openBlocks()) {
            boolean broken = block.kind == BlockKind.REASONING;
            event(new StreamEvent.BlockEnded(block.number, broken), now);
        }
    }

    /** Closes reasoning that was broken off: what comes next is a new block. */
    void endReasoning(long now) {
        for (Transcript.Block block : transcript.openBlocks()) {
            if (block.kind == BlockKind.REASONING) {
                event(new StreamEvent.BlockEnded(block.number, true), now);
            }
        }
    }

    void event(StreamEvent event, long now) {
        transcript.apply(event);
        steps.add(new Step.ReleaseEvent(event));
        lastWrite = now;
    }

    /** Events of ours end a choice only after each of its blocks. */
    private Frame withEndedBlocks(Frame frame) {
        if (!(frame.event(frame.size() - 1) instanceof StreamEvent.ChoiceEnded end)) {
            return frame;
        }
        Set<Integer> open = new TreeSet<>();
        for (Transcript.Block block : transcript.openBlocks()) {
            if (block.choice == end.choice()) {
                open.add(block.number);
            }
        }
        List<StreamEvent> events = new ArrayList<>();
        for (int i = 0; i < frame.size() - 1; i++) {
            StreamEvent event = frame.event(i);
            events.add(event);
            switch (event) {
                case StreamEvent.BlockStarted start when start.choice() == end.choice() ->
                        open.add(start.block());
                case StreamEvent.BlockEnded ended -> open.remove(ended.block());
                default -> {}
            }
        }
        open.forEach(block -> events.add(new StreamEvent.BlockEnded(block)));
        events.add(end);
        return Frame.synthetic(events);
    }

    /**
     * @param answering the attempt that answers, null while there is none
     */
    void commit(@Nullable Attempt answering, long now) {
        if (committed) {
            return;
        }
        Attempt a = answering != null ? answering : ledger.last();
        committed = true;
        lastWrite = now;
        steps.add(
                new Step.Commit(
                        new Head(
                                a == null ? "" : a.deployment.id(),
                                a == null ? "" : a.group,
                                a == null ? "" : a.model,
                                a == null ? null : a.requestId,
                                ledger.count(),
                                ledger.fallbacks())));
    }

    /** Commits when that is due, and keeps a silent stream alive. */
    void keepAlive(@Nullable Attempt a, boolean writable, long now) {
        if (now < deadline(writable)) {
            return;
        }
        if (!committed) {
            commit(a, now);
            showOpenings();
        }
        steps.add(new Step.Heartbeat());
        lastWrite = now;
    }

    /** When {@link #keepAlive} has something to do, {@link Long#MAX_VALUE} for never. */
    long deadline(boolean writable) {
        if (!stream) {
            return Long.MAX_VALUE;
        }
        if (!committed) {
            return begun + settings.commitAfter().toNanos();
        }
        return writable ? lastWrite + settings.heartbeatInterval().toNanos() : Long.MAX_VALUE;
    }

    private void showOpenings() {
        for (Frame opening : openings) {
            steps.add(new Step.ReleaseFrame(opening));
            openingShown = true;
        }
        openings.clear();
    }

    /** The client takes what is written again: its silence was not ours. */
    void writableAgain(long now) {
        lastWrite = now;
    }

    /** Forgets all: only for answers that nobody has seen. */
    void reset() {
        steps.add(new Step.Reset());
        transcript.reset();
        openings.clear();
        openingShown = false;
    }
}
