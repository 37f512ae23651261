package dev.midstream.relay;

import dev.midstream.json.JsonProgress;
import dev.midstream.model.BlockKind;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * A tool call cannot be taken back and half a call cannot be continued, so all of it waits here — start, id, name, arguments —
 * until its block ends or its arguments are one whole JSON object. Each call has a lane of its own, for the pieces of parallel
 * calls may come in turns; the lanes are emptied in the order in which they began, so calls leave in the order of their starts
 * and each of them in one piece. In protocols with ordered blocks everything behind a call waits for it in a lane behind it,
 * and the next call waits for the end of this one; elsewhere text passes. The end of a choice waits for all.
 *
 * A call that is not held (nowhere else to go, or too large) is followed all the same: an answer must not end well on a call
 * whose arguments are not valid, and the end of such a call waits for the end of its choice, which tells whether a limit cut it.
 */
/**
 * Keeps back the frames of one attempt's tool calls until they are complete. Event-loop confined.
 */
final class HoldBack {

    private static final class Call {
        final int choice;
        final boolean custom;
        final JsonProgress progress = new JsonProgress();
        final int block;
        boolean held;
        boolean ended;

        /** Whether it went out live and its end waits: nobody may take it for complete. */
        boolean endWaits;

        boolean empty = true;

        Call(StreamEvent.BlockStarted start, boolean held) {
            block = start.block();
            choice = start.choice();
            custom = start.tool() != null && start.tool().custom();
            this.held = held;
        }

        /**
         * Arguments that are one whole object are complete. An ended call that is not valid waits
         * for the end of its choice, which tells why.
         */
        boolean complete() {
            return custom ? ended : valid();
        }

        boolean valid() {
            return custom || progress.complete() && progress.object() && !progress.trailing();
        }
    }

    /** What waits together; {@code call} is null for what belongs to none. */
    private record Lane(@Nullable Call call, ArrayDeque<Frame> frames) {

        boolean open() {
            return call == null || !(call.held || call.endWaits) || call.complete();
        }

        boolean ended() {
            return call == null || call.ended;
        }

        /** The same without the calls in these blocks; what else its frames told stays. */
        Lane without(Set<Integer> blocks) {
            ArrayDeque<Frame> rest = new ArrayDeque<>();
            for (Frame frame : frames) {
                Frame left = HoldBack.without(frame, blocks);
                if (left.size() > 0) {
                    rest.add(left);
                }
            }
            boolean gone = call != null && blocks.contains(call.block);
            return new Lane(gone ? null : call, rest);
        }
    }

    private final boolean inOrder;
    private final int maxBytes;
    private final Map<Integer, Call> calls = new LinkedHashMap<>();
    private final List<Lane> lanes = new ArrayList<>();
    private int frames;
    private int bytes;

    HoldBack(boolean inOrder, int maxBytes) {
        this.inOrder = inOrder;
        this.maxBytes = maxBytes;
    }

    /** Whether any call has been seen: as long as none was, frames need not be shown to this. */
    boolean idle() {
        return calls.isEmpty();
    }

    boolean holding() {
        return frames > 0;
    }

    /** Whether more waits for its place in the order than may be held, although nothing is held. */
    boolean overflows() {
        return bytes > 2L * maxBytes;
    }

    /** Whether the frame begins a call. */
    static boolean beginsCall(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof StreamEvent.BlockStarted start
                    && start.kind() == BlockKind.TOOL_CALL) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes a frame in.
     *
     * @param hold whether a call that begins in it is to be held
     * @return whether it may leave at once; otherwise it is kept
     */
    boolean pass(Frame frame, boolean hold) {
        boolean cutShort = cutShort(frame);
        Frame whole = cutShort ? frame : withArguments(frame);
        boolean several = ofSeveralCalls(whole);
        boolean nothingWaits = frames == 0;
        for (int i = 0; i < whole.size(); i++) {
            observe(whole.event(i), hold);
            if (several) {
                keep(Frame.synthetic(List.of(whole.event(i))));
            }
        }
        if (whole == frame && !cutShort) {
            if (several && nothingWaits && whole()) {
                forget();
                return true;
            }
            if (!several && passes(frame)) {
                return true;
            }
        }
        if (!several) {
            keep(whole == frame ? frame.copy() : whole);
        }
        if (cutShort) {
            dropBrokenCalls();
        }
        return false;
    }

    /** Whether every call is complete, so that a frame of several may leave as it came. */
    private boolean whole() {
        return calls.values().stream().allMatch(Call::complete);
    }

    /** What was kept of a frame leaves with it, as it came. */
    private void forget() {
        lanes.forEach(lane -> lane.frames.clear());
        frames = 0;
        bytes = 0;
    }

    /** Whether the frame ends a choice because a limit or a policy cut it. */
    private static boolean cutShort(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof StreamEvent.ChoiceEnded end) {
                return end.reason().cutsShort();
            }
        }
        return false;
    }

    /** The next frame that may leave now, null if there is none. */
    @Nullable Frame poll() {
        for (Lane lane : lanes) {
            Frame head = lane.frames.peek();
            if (head != null) {
                return lane.open() ? taken(lane) : null;
            }
            if (inOrder && !lane.ended()) {
                return null;
            }
        }
        return null;
    }

    /**
     * What may still leave when the attempt is over: complete calls that waited for the end of the
     * one before them, of which nobody will tell any more.
     */
    List<Frame> wholeCalls() {
        List<Frame> whole = new ArrayList<>();
        for (Lane lane : lanes) {
            Call call = lane.call;
            if (call == null || !call.complete()) {
                return whole;
            }
            while (!lane.frames.isEmpty()) {
                whole.add(taken(lane));
            }
            if (!call.ended) {
                call.ended = true;
                whole.add(Frame.synthetic(List.of(new StreamEvent.BlockEnded(call.block))));
            }
        }
        return whole;
    }

    private Frame taken(Lane lane) {
        Frame frame = lane.frames.remove();
        frames--;
        bytes -= weight(frame);
        return frame;
    }

    /** A call that is not whole when the choice is cut short was never made. */
    private void dropBrokenCalls() {
        Set<Integer> broken = new HashSet<>();
        calls.values().stream()
                .filter(call -> call.held && !call.valid())
                .forEach(call -> broken.add(call.block));
        broken.forEach(calls::remove);
        lanes.replaceAll(lane -> lane.without(broken));
        frames = lanes.stream().mapToInt(lane -> lane.frames.size()).sum();
        bytes = lanes.stream().flatMap(l -> l.frames.stream()).mapToInt(HoldBack::weight).sum();
    }

    private static Frame without(Frame frame, Set<Integer> blocks) {
        List<StreamEvent> events = new ArrayList<>();
        for (int i = 0; i < frame.size(); i++) {
            if (!blocks.contains(blockOf(frame.event(i)))) {
                events.add(frame.event(i));
            }
        }
        return events.size() == frame.size() ? frame : Frame.synthetic(events);
    }

    /**
     * Null, or what the frame shows to be wrong with a call: it ended without its arguments being
     * one whole JSON object.
     */
    @Nullable String invalidCall(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (betrays(frame.event(i))) {
                return "The model ended a tool call whose arguments are not a JSON object";
            }
        }
        return null;
    }

    /** Only the last call can have been cut short; one that another block follows is broken. */
    private boolean betrays(StreamEvent event) {
        return switch (event) {
            case StreamEvent.ChoiceEnded end ->
                    !end.reason().cutsShort()
                            && calls.values().stream()
                                    .anyMatch(c -> c.choice == end.choice() && !c.valid());
            case StreamEvent.BlockStarted start ->
                    calls.values().stream()
                            .anyMatch(c -> c.ended && !c.valid() && c.block < start.block());
            default -> false;
        };
    }

    /** Whether nothing that waits has to leave before this frame, nor the frame itself to wait. */
    private boolean passes(Frame frame) {
        Call owner = owner(frame);
        if (owner == null) {
            return frames == 0 || !(inOrder || endsChoice(frame));
        }
        for (Lane lane : lanes) {
            if (owner.equals(lane.call)) {
                return lane.frames.isEmpty() && lane.open();
            }
            if (!lane.frames.isEmpty() || (inOrder && !lane.ended())) {
                return false;
            }
        }
        return true;
    }

    private void keep(Frame frame) {
        lane(owner(frame)).frames.add(frame);
        frames++;
        bytes += weight(frame);
        if (bytes > maxBytes) {
            calls.values().forEach(call -> call.held = false);
        }
    }

    /** A call's own lane; what belongs to no call waits behind all that has begun. */
    private Lane lane(@Nullable Call owner) {
        if (owner == null) {
            Lane last = lanes.isEmpty() ? null : lanes.get(lanes.size() - 1);
            return last != null && last.call == null ? last : added(null);
        }
        for (Lane lane : lanes) {
            if (owner.equals(lane.call)) {
                return lane;
            }
        }
        return added(owner);
    }

    private Lane added(@Nullable Call owner) {
        Lane lane = new Lane(owner, new ArrayDeque<>());
        lanes.add(lane);
        return lane;
    }

    /**
     * The call that a frame waits with: the last one that it speaks of; none if it ends the choice.
     */
    private @Nullable Call owner(Frame frame) {
        Call owner = null;
        for (int i = 0; i < frame.size() && !endsChoice(frame); i++) {
            Call call = calls.get(blockOf(frame.event(i)));
            owner = call == null ? owner : call;
        }
        return owner;
    }

    private static boolean endsChoice(Frame frame) {
        return frame.event(frame.size() - 1) instanceof StreamEvent.ChoiceEnded;
    }

    /**
     * Whether its events have to wait apart: of two calls one may have to leave before the other.
     */
    private boolean ofSeveralCalls(Frame frame) {
        if (frame.size() < 2) {
            return false;
        }
        Set<Integer> spokenOf = new HashSet<>();
        Set<Integer> begun = new HashSet<>();
        for (int i = 0; i < frame.size(); i++) {
            StreamEvent event = frame.event(i);
            if (event instanceof StreamEvent.BlockStarted start
                    && start.kind() == BlockKind.TOOL_CALL) {
                begun.add(start.block());
            }
            int block = blockOf(event);
            boolean counts = inOrder || !(event instanceof StreamEvent.BlockEnded);
            if (counts && (begun.contains(block) || calls.containsKey(block))) {
                spokenOf.add(block);
            }
        }
        return spokenOf.size() > 1;
    }

    private static int weight(Frame frame) {
        int text = 0;
        for (int i = 0; i < frame.size(); i++) {
            text += frame.event(i) instanceof StreamEvent.Delta delta ? delta.text().length() : 0;
        }
        return Math.max(frame.length(), text);
    }

    private void observe(StreamEvent event, boolean hold) {
        switch (event) {
            case StreamEvent.BlockStarted start when start.kind() == BlockKind.TOOL_CALL -> {
                Call call = new Call(start, hold);
                calls.put(start.block(), call);
                added(call);
            }
            case StreamEvent.Delta delta -> follow(delta);
            case StreamEvent.BlockEnded end -> end(end.block());
            case StreamEvent.ChoiceEnded end -> endAll(end.choice());
            default -> {}
        }
    }

    private void follow(StreamEvent.Delta delta) {
        Call call = calls.get(delta.block());
        if (call != null) {
            call.empty = false;
            if (!call.custom) {
                call.progress.accept(delta.text());
            }
        }
    }

    private void end(int block) {
        Call call = calls.get(block);
        if (call != null) {
            call.ended = true;
            call.endWaits = !call.held && !call.empty && !call.valid();
        }
    }

    /** The choice's end tells whether a call that is not valid was cut short or is broken. */
    private void endAll(int choice) {
        for (Call call : calls.values()) {
            if (call.choice == choice) {
                call.ended = true;
                call.endWaits = false;
            }
        }
    }

    /**
     * A call without arguments gets {@code {}}: an empty text is not JSON, and clients parse it.
     */
    private Frame withArguments(Frame frame) {
        List<StreamEvent> events = null;
        for (int i = 0; i < frame.size(); i++) {
            StreamEvent event = frame.event(i);
            for (int block : emptyCallsEndedBy(frame, i)) {
                if (events == null) {
                    events = new ArrayList<>();
                    for (int k = 0; k < i; k++) {
                        events.add(frame.event(k));
                    }
                }
                events.add(new StreamEvent.Delta(block, "{}"));
            }
            if (events != null) {
                events.add(event);
            }
        }
        return events == null ? frame : Frame.synthetic(events);
    }

    private List<Integer> emptyCallsEndedBy(Frame frame, int index) {
        StreamEvent event = frame.event(index);
        if (event instanceof StreamEvent.BlockEnded end) {
            return emptyCall(frame, index, end.block()) ? List.of(end.block()) : List.of();
        }
        if (event instanceof StreamEvent.ChoiceEnded end) {
            List<Integer> blocks = new ArrayList<>();
            for (Map.Entry<Integer, Call> entry : calls.entrySet()) {
                if (entry.getValue().choice == end.choice()
                        && !entry.getValue().ended
                        && emptyCall(frame, index, entry.getKey())) {
                    blocks.add(entry.getKey());
                }
            }
            return blocks;
        }
        return List.of();
    }

    private boolean emptyCall(Frame frame, int before, int block) {
        Call known = calls.get(block);
        boolean empty = known != null && known.empty && !known.custom && !known.ended;
        for (int i = 0; i < before; i++) {
            switch (frame.event(i)) {
                case StreamEvent.BlockStarted start when start.block() == block ->
                        empty =
                                start.kind() == BlockKind.TOOL_CALL
                                        && (start.tool() == null || !start.tool().custom());
                case StreamEvent.Delta delta when delta.block() == block -> empty = false;
                case StreamEvent.BlockEnded end when end.block() == block -> empty = false;
                default -> {}
            }
        }
        return empty;
    }

    private static int blockOf(StreamEvent event) {
        return switch (event) {
            case StreamEvent.BlockStarted start -> start.block();
            case StreamEvent.Delta delta -> delta.block();
            case StreamEvent.Signed signed -> signed.block();
            case StreamEvent.Attached attached -> attached.block();
            case StreamEvent.BlockEnded end -> end.block();
            default -> -1;
        };
    }
}
