package dev.midstream.client.simulation;

import dev.midstream.client.spi.Clock;
import java.util.Comparator;
import java.util.TreeSet;

/** Time that is moved from one timer to the next. Not thread-safe. */
final class HandClock implements Clock {

    private record Due(long nanos, long order, Runnable task) {}

    private final TreeSet<Due> pending =
            new TreeSet<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private long now = 1_000_000_000L;
    private long order;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Timer after(long nanos, Runnable task) {
        Due due = new Due(now + Math.max(0, nanos), order++, task);
        pending.add(due);
        return () -> pending.remove(due);
    }

    int pending() {
        return pending.size();
    }

    /** Moves to the next timer and runs it. */
    void ring() {
        Due due = pending.removeFirst();
        now = Math.max(now, due.nanos());
        due.task().run();
    }

    /** A little time passes in which nothing is due. */
    void tick(long nanos) {
        long most = pending.isEmpty() ? nanos : Math.max(0, pending.first().nanos() - now - 1);
        now += Math.min(nanos, most);
    }

    @Override
    public void close() {
        throw new Violation("the router closed a clock that was given to it");
    }
}
