package dev.midstream.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The timers and requests that calls have open, some of them longer than the call itself: whatever
 * is left of them ends with the router. Thread-safe.
 */
final class Unfinished {

    private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Something is open; after {@link #close()} it is ended at once.
     *
     * @param end ends it, on any thread; harmless where that was done, and throws nothing
     */
    void add(Runnable end) {
        ends.add(end);
        if (closed) {
            end.run();
            ends.remove(end);
        }
    }

    /** It has ended by itself. */
    void remove(Runnable end) {
        ends.remove(end);
    }

    void close() {
        closed = true;
        ends.forEach(Runnable::run);
        ends.clear();
    }
}
