package dev.midstream.simulation;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One request at a simulated provider: what it will send, and when. */
final class Upstream {

    /** What comes next. */
    sealed interface Beat {
        /** The response's head, with status 200. */
        record Head() implements Beat {}

        record Events(List<StreamEvent> events) implements Beat {}

        /**
         * @param failure null for a clean end
         */
        record End(@Nullable Failure failure) implements Beat {}
    }

    private static final long PING = Duration.ofSeconds(7).toNanos();
    private static final long HEAD = Duration.ofMillis(300).toNanos();

    final Tried tried;
    private final Schedule schedule;
    private final RandomGenerator random;
    private final Deque<Beat> beats = new ArrayDeque<>();
    private final boolean pingsForEver;
    private int late;
    private int events;
    private long nextAt;

    Upstream(Schedule schedule, Tried tried, RandomGenerator random, long now) {
        this.schedule = schedule;
        this.tried = tried;
        this.random = random;
        this.late = random.nextInt(3);
        this.pingsForEver = tried.mishap.kind() == Mishap.Kind.PINGS_ONLY;
        script();
        nextAt = now + 1 + random.nextLong(HEAD);
    }

    private void script() {
        Mishap mishap = tried.mishap;
        if (tried.said.refusesPrefill() && !mishap.kind().beforeHead()) {
            beats.add(new Beat.End(Mishap.refusedPrefill()));
        } else if (mishap.kind().beforeHead()) {
            if (mishap.kind() != Mishap.Kind.BLACK_HOLE) {
                beats.add(new Beat.End(mishap.failure()));
            }
        } else {
            stream(mishap);
        }
    }

    private void stream(Mishap mishap) {
        boolean breakCall = mishap.kind() == Mishap.Kind.BROKEN_CALL;
        List<List<StreamEvent>> frames =
                SimFrames.of(tried.said, breakCall, tried.start.attempt(), schedule.pace(), random);
        events = frames.size();
        beats.add(new Beat.Head());
        boolean killed = mishap.kind() != Mishap.Kind.NONE && !breakCall;
        int sent = killed ? Math.min(mishap.after(), frames.size()) : frames.size();
        frames.subList(0, sent).forEach(frame -> beats.add(new Beat.Events(frame)));
        if (!killed) {
            beats.add(new Beat.End(null));
        } else {
            kill(mishap);
        }
    }

    private void kill(Mishap mishap) {
        switch (mishap.kind()) {
            case CUT -> beats.add(new Beat.End(mishap.failure()));
            case TRUNCATED -> beats.add(new Beat.End(null));
            case IN_BAND_500, IN_BAND_429, IN_BAND_OVERLOADED, GARBLED -> {
                beats.add(events(new StreamEvent.Failed(mishap.failure())));
                beats.add(new Beat.End(null));
            }
            case TERMINATED_EARLY -> {
                beats.add(events(new StreamEvent.Terminated()));
                beats.add(new Beat.End(null));
            }
            default -> {}
        }
    }

    private static Beat events(StreamEvent event) {
        return new Beat.Events(new ArrayList<>(List.of(event)));
    }

    /** How many events its whole stream has. */
    int events() {
        return events;
    }

    /** Whether anything will still come of it; after its cancellation a little may. */
    boolean speaks() {
        boolean more = !beats.isEmpty() || (pingsForEver && !tried.ended);
        return more && (!tried.cancelled || late > 0);
    }

    long nextAt() {
        return nextAt;
    }

    Beat next(long now) {
        late -= tried.cancelled ? 1 : 0;
        Beat beat = beats.isEmpty() ? events(new StreamEvent.Pinged()) : beats.poll();
        nextAt = now + (beats.isEmpty() ? PING : gap());
        return beat;
    }

    private long gap() {
        return tried.start.draft().stream()
                ? 1 + random.nextLong(schedule.pace().longestGap().toNanos())
                : 1;
    }

    /** The frame of these events, on bytes that others will write over. */
    static Frame frame(List<StreamEvent> events, byte[] buffer, RandomGenerator random) {
        byte[] bytes = SimFrames.bytes(events);
        if (bytes.length > buffer.length / 2 || random.nextInt(4) == 0) {
            return Frame.synthetic(events);
        }
        int offset = random.nextInt(buffer.length / 2);
        System.arraycopy(bytes, 0, buffer, offset, bytes.length);
        return events.size() == 1
                ? Frame.of(SimFrames.PROTOCOL, events.get(0), buffer, offset, bytes.length)
                : Frame.of(
                        SimFrames.PROTOCOL,
                        events,
                        buffer,
                        offset,
                        bytes.length,
                        new int[0],
                        false);
    }
}
