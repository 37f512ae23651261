package dev.midstream.simulation;

import dev.midstream.routing.AttemptClocks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is due by the clock: the commit, heartbeats, the end of attempts that make no progress, the
 * end of a seam's hold, and of everything within an hour.
 *
 * <p>While the client takes nothing, no clock of an upstream runs.
 */
final class Vigil {

    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long SEAM = Duration.ofSeconds(3).toNanos();
    private static final long SLACK = Duration.ofMillis(2).toNanos();

    private final Schedule schedule;
    private final long begun;
    private long wroteAt;
    private boolean committed;
    private boolean writable = true;
    private long stoppedAt;
    private long stoppedBefore;
    private long stoppedFrom = Long.MIN_VALUE;

    Vigil(Schedule schedule, long now) {
        this.schedule = schedule;
        this.begun = now;
        this.wroteAt = now;
    }

    void committed(long now) {
        committed = true;
        wrote(now);
    }

    void wrote(long now) {
        wroteAt = now;
    }

    void writable(boolean takes, long now) {
        if (takes) {
            stoppedBefore += now - stoppedAt;
            wroteAt = now;
        } else {
            stoppedAt = now;
            stoppedFrom = now;
        }
        writable = takes;
    }

    boolean writable() {
        return writable;
    }

    /** Time has passed until {@code now} and nothing was done. */
    void pass(long now, @Nullable Tried running) {
        Violation.unless(now - begun < HOUR, "an hour has passed without an end");
        if (!writable) {
            return;
        }
        if (schedule.stream()) {
            heartbeat(now);
        }
        if (running != null && running.failure == null) {
            progress(now, running);
            seam(now, running);
        }
    }

    private void heartbeat(long now) {
        if (committed) {
            Violation.unless(
                    now - wroteAt <= nanos(schedule.settings().heartbeatInterval()) + SLACK,
                    "nothing was written for longer than heartbeat_interval");
        } else {
            Violation.unless(
                    now - begun - stoppedBefore <= nanos(schedule.settings().commitAfter()) + SLACK,
                    "no commit after commit_after");
        }
    }

    private void progress(long now, Tried t) {
        AttemptClocks clocks = t.start.clocks();
        if (!t.start.draft().stream()) {
            return;
        }
        Duration limit =
                !t.content
                        ? clocks.firstToken()
                        : t.inReasoning() ? clocks.idleInReasoning() : clocks.idle();
        Violation.unless(
                quiet(now, t.heardAt) <= nanos(limit) + SLACK,
                "no clock ended an attempt without progress");
    }

    /** What neither repeats the delivered text nor goes on is dropped after three seconds. */
    private void seam(long now, Tried t) {
        boolean talks =
                t.deployment.manner() == Manner.DIGRESSES
                        || t.deployment.manner() == Manner.REFUSES;
        if (talks && t.said.joins() == Utterance.Joins.NEVER && t.firstTextAt != Long.MIN_VALUE) {
            Violation.unless(
                    quiet(now, t.firstTextAt) <= SEAM + SLACK,
                    "an unproven seam was held for more than three seconds");
        }
    }

    /** Whether a clock may end this attempt now. */
    boolean mayTimeOut(Tried t, long now) {
        AttemptClocks clocks = t.start.clocks();
        if (!t.start.draft().stream() && now - t.startedAt >= nanos(clocks.plain())) {
            return true;
        }
        if (!t.content) {
            return quiet(now, t.startedAt) >= nanos(clocks.firstToken());
        }
        Duration limit = t.surelyInReasoning() ? clocks.idleInReasoning() : clocks.idle();
        return quiet(now, t.progressAt) >= nanos(limit);
    }

    boolean deadlinePassed(long now) {
        return now - begun >= nanos(schedule.settings().requestTimeout());
    }

    /** Time since then in which the client took what was written. */
    private long quiet(long now, long since) {
        long stopped = stoppedSince(since);
        return now - since - stopped;
    }

    /** There is at most one stop in a run. */
    private long stoppedSince(long since) {
        if (stoppedFrom == Long.MIN_VALUE) {
            return 0;
        }
        long until = stoppedFrom + stoppedBefore;
        return Math.max(0, until - Math.max(since, stoppedFrom));
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }
}
