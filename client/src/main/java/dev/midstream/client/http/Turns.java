package dev.midstream.client.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One thing after the other, in the order in which they were brought, whatever threads bring them:
 * whoever finds nobody at work does the work. Thread-safe; holds no lock while something runs.
 */
final class Turns {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger();

    /**
     * @param task must not throw
     */
    void take(Runnable task) {
        waiting.add(task);
        if (left.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            }
        } while (left.decrementAndGet() > 0);
    }
}
