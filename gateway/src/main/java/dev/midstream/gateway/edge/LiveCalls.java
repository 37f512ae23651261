package dev.midstream.gateway.edge;

import dev.midstream.driver.RelayDriver;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The calls that are being carried out, and whether there may be more. Thread-safe. */
public final class LiveCalls {

    private final Set<RelayDriver> drivers = new HashSet<>();
    private volatile boolean closing;
    private volatile boolean closed;
    private boolean ended;

    /** Whether the call may be carried out: not if there are this many already. */
    synchronized boolean add(RelayDriver driver, int most) {
        if (drivers.size() >= most) {
            return false;
        }
        drivers.add(driver);
        if (ended) {
            driver.shutdown();
        }
        return true;
    }

    synchronized void remove(RelayDriver driver) {
        drivers.remove(driver);
        notifyAll();
    }

    public synchronized int count() {
        return drivers.size();
    }

    /** Whether the end has begun: whoever asks if this gateway is ready is told that it is not. */
    public boolean closing() {
        return closing;
    }

    /** Whether new calls are turned away. */
    boolean closed() {
        return closed;
    }

    /** The end has begun; new calls are still taken. */
    void beginClosing() {
        closing = true;
    }

    /**
     * From now on new calls are turned away; those that live go on. Whoever is told that this
     * gateway is not ready knows that, too.
     */
    void close() {
        closed = true;
        closing = true;
    }

    /** Waits until no call lives, at most this long. */
    synchronized void awaitNone(Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        long left = most.toMillis();
        while (!drivers.isEmpty() && left > 0) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
    }

    /** Ends those that still live, and whatever comes, in an error that their clients are told. */
    void shutdown() {
        List<RelayDriver> last;
        synchronized (this) {
            ended = true;
            last = List.copyOf(drivers);
        }
        last.forEach(RelayDriver::shutdown);
    }
}
