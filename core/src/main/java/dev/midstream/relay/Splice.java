package dev.midstream.relay;

import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.StreamEvent;
import dev.midstream.seam.SeamJoiner;
import dev.midstream.seam.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * What comes after a break speaks of an answer of its own: its own opening, its own block numbers, its own idea of where it
 * begins. This turns its events into events of the answer that the client has: openings vanish, blocks get the next free
 * numbers, the first text goes on in the open text block once the seam is proven, reasoning behind text is swallowed, and a
 * stop string or the client's token limit ends the answer where one uninterrupted call would have ended.
 */
/** Maps one later attempt's events onto the client's answer. Event-loop confined. */
final class Splice {

    private static final int NONE = -1;

    private final boolean inOrder;
    private final @Nullable SeamJoiner joiner;
    private final boolean prefilled;
    private final int superseded;
    private final ContinuedText continued;
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final BitSet texts = new BitSet();
    private final List<StreamEvent> out = new ArrayList<>();
    private int text;
    private int next;
    private boolean pending;
    private boolean ended;
    private @Nullable Failure failure;
    private @Nullable SeamGrade grade;
    private int dropped;

    /**
     * @param joiner null where no text has been released that the attempt's text has to join
     * @param prefilled whether the partial answer was sent as the beginning of the assistant's turn
     */
    Splice(
            Transcript transcript,
            boolean inOrder,
            @Nullable SeamJoiner joiner,
            boolean prefilled,
            ContinuedText continued) {
        Transcript.Block open = transcript.openText();
        Transcript.Block last = transcript.lastText();
        this.inOrder = inOrder;
        this.joiner = joiner;
        this.prefilled = prefilled;
        this.continued = continued;
        this.pending = joiner != null;
        this.superseded = last == null ? NONE : last.number;
        this.text = open == null ? NONE : open.number;
        this.next = transcript.nextBlock();
    }

    /**
     * The frame's events in the client's terms; empty if nothing of it is for the client (yet).
     * Valid until the next call.
     */
    List<StreamEvent> translate(Frame frame, long now) {
        out.clear();
        for (int i = 0; i < frame.size() && failure == null && !ended; i++) {
            translate(frame.event(i), now);
        }
        return out;
    }

    /** A bound of the seam may have passed. */
    List<StreamEvent> wake(long now) {
        out.clear();
        if (pending && joiner != null && now >= joiner.deadline()) {
            judge(joiner.wake(now));
        }
        return out;
    }

    private void translate(StreamEvent event, long now) {
        switch (event) {
            case StreamEvent.BlockStarted start -> start(start, now);
            case StreamEvent.Delta delta -> delta(delta, now);
            case StreamEvent.Signed signed -> {
                Integer number = numbers.get(signed.block());
                if (number != null) {
                    out.add(new StreamEvent.Signed(number, signed.seal()));
                }
            }
            case StreamEvent.BlockEnded end -> end(end);
            case StreamEvent.ChoiceEnded end -> end(end, now);
            case StreamEvent.Opened o -> {}
            case StreamEvent.Attached a -> {}
            case StreamEvent.Restarted r -> {}
            case StreamEvent.UsageReported u -> {}
            case StreamEvent.Terminated t -> {}
            case StreamEvent.Pinged p -> {}
            case StreamEvent.Malformed m -> {}
            case StreamEvent.Failed f -> {}
        }
    }

    private void start(StreamEvent.BlockStarted start, long now) {
        switch (start.kind()) {
            case TEXT -> {
                if (joiner == null) {
                    open(start);
                } else {
                    texts.set(start.block());
                }
            }
            case REASONING -> {
                if (joiner == null) {
                    open(start);
                }
            }
            case REFUSAL -> {
                if (pending) {
                    reject(Verdict.Reason.REFUSED, "the deployment declined to go on");
                } else {
                    open(start);
                }
            }
            case TOOL_CALL, OPAQUE -> {
                if (settled(false, now)) {
                    open(start);
                }
            }
        }
    }

    /**
     * Something other than text begins, or the answer ends: behind text that was cut that is only
     * taken once the text is known to be whole. A block that had been closed needs no seam, but for
     * an end without a word of one who was asked to repeat some first.
     */
    private boolean settled(boolean ends, long now) {
        if (pending && joiner != null) {
            if (text == NONE && joiner.held() == 0 && (prefilled || !ends)) {
                pending = false;
            } else {
                judge(joiner.finished(now));
            }
        }
        if (failure == null && !ended) {
            release(continued.rest());
        }
        return failure == null && !ended;
    }

    private void open(StreamEvent.BlockStarted start) {
        if (inOrder) {
            closeText(false);
        }
        int number = next++;
        numbers.put(start.block(), number);
        out.add(
                new StreamEvent.BlockStarted(
                        number, start.choice(), start.kind(), start.tool(), start.raw()));
    }

    private void closeText(boolean broken) {
        if (text != NONE) {
            out.add(new StreamEvent.BlockEnded(text, broken));
            text = NONE;
        }
    }

    private void delta(StreamEvent.Delta delta, long now) {
        if (!texts.get(delta.block())) {
            Integer number = numbers.get(delta.block());
            if (number != null) {
                out.add(new StreamEvent.Delta(number, delta.text()));
            }
        } else if (pending && joiner != null) {
            judge(joiner.text(delta.text(), now));
        } else {
            text(delta.text());
        }
    }

    private void end(StreamEvent.BlockEnded end) {
        Integer number = numbers.get(end.block());
        if (number != null) {
            out.add(new StreamEvent.BlockEnded(number, end.broken()));
        } else if (texts.get(end.block()) && !pending) {
            release(continued.rest());
            closeText(false);
        }
    }

    private void end(StreamEvent.ChoiceEnded end, long now) {
        boolean silent = pending && joiner != null && joiner.held() == 0;
        if (silent && end.reason().policyEnd()) {
            reject(Verdict.Reason.REFUSED, "the deployment declined to go on");
        } else if (settled(true, now)) {
            finish(end.choice(), end.reason(), end.stopSequence());
        }
    }

    private void judge(Verdict verdict) {
        switch (verdict) {
            case Verdict.Pending p -> {}
            case Verdict.Joined joined -> {
                joined(joined.grade(), joined.dropped());
                text(joined.release());
            }
            case Verdict.NothingLeft nothing -> joined(nothing.grade(), 0);
            case Verdict.Apart apart -> apart(apart);
            case Verdict.Rejected rejected -> reject(rejected.reason(), rejected.message());
        }
    }

    private void joined(SeamGrade seam, int removed) {
        pending = false;
        grade = seam;
        dropped = removed;
    }

    private void apart(Verdict.Apart apart) {
        joined(SeamGrade.UNPROVEN, 0);
        closeText(true);
        if (superseded != NONE) {
            out.add(new StreamEvent.Restarted(superseded));
        }
        text(apart.release());
    }

    private void reject(Verdict.Reason reason, String message) {
        boolean ignored =
                reason == Verdict.Reason.IGNORED_PREFILL || reason == Verdict.Reason.STARTED_ANEW;
        failure =
                new Failure.SeamRejected(
                        "The continuation could not be joined: " + message, prefilled && ignored);
    }

    private void text(String piece) {
        release(continued.accept(piece));
        FinishReason end = continued.end();
        if (end != null && failure == null && !ended) {
            finish(0, end, continued.stopSequence());
        }
    }

    private void release(String piece) {
        if (continued.broken()) {
            failure = new Failure.BadEnd("The continued document is not valid JSON");
        } else if (!piece.isEmpty()) {
            if (text == NONE) {
                text = next++;
                out.add(StreamEvent.BlockStarted.text(text, 0));
            }
            out.add(new StreamEvent.Delta(text, piece));
        }
    }

    private void finish(int choice, FinishReason reason, @Nullable String stopSequence) {
        if (reason == FinishReason.STOP && !continued.whole()) {
            failure = new Failure.BadEnd("The continued JSON document was not completed");
            return;
        }
        ended = joiner != null || continued.end() != null;
        out.add(new StreamEvent.ChoiceEnded(choice, reason, stopSequence));
    }

    /** When {@link #wake} is due, {@link Long#MAX_VALUE} for never. */
    long deadline() {
        return pending && joiner != null ? joiner.deadline() : Long.MAX_VALUE;
    }

    /** Why this candidate is dropped, null if it is not. */
    @Nullable Failure failure() {
        return failure;
    }

    /**
     * Whether the answer has ended by a limit of the client's request although the upstream goes
     * on.
     */
    boolean endedEarly() {
        return ended && continued.end() != null;
    }

    /** How sure the seam is, null while there is none. */
    @Nullable SeamGrade grade() {
        return grade;
    }

    int dropped() {
        return dropped;
    }
}
