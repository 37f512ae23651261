package dev.midstream.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A loop that a test turns by hand; what is sent stays in it. */
final class HandLoop implements Loop {

    /** What was sent, and who waits for what becomes of it. */
    record Sent(UpstreamRequest request, UpstreamListener listener) {

        void answered(int status, String body) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            listener.head(status, name -> null);
            listener.bytes(bytes, 0, bytes.length);
            listener.ended(null, null);
        }
    }

    /** A timer. */
    record Due(long atNanos, Runnable task) {}

    final List<Sent> sent = new ArrayList<>();
    int cancelled;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Due> alarms = new ArrayList<>();
    private long now;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public Alarm after(long nanos, Runnable task) {
        Due due = new Due(now + nanos, task);
        alarms.add(due);
        return () -> alarms.remove(due);
    }

    @Override
    public Exchange send(UpstreamRequest request, UpstreamListener listener) {
        sent.add(new Sent(request, listener));
        return new Exchange() {
            @Override
            public void cancel() {
                cancelled++;
            }

            @Override
            public void reading(boolean wanted) {}

            @Override
            public void endWithin(Duration time) {}
        };
    }

    /** Runs all that is to be run now. */
    void turn() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass. */
    void pass(long nanos) {
        now += nanos;
        List<Due> rung = alarms.stream().filter(due -> due.atNanos() <= now).toList();
        alarms.removeAll(rung);
        rung.forEach(due -> due.task().run());
        turn();
    }

    int alarms() {
        return alarms.size();
    }
}
