package dev.midstream.client;

import dev.midstream.driver.Client;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands an answer's items from the call's loop to one thread that takes them, virtual or not.
 * Beyond a bound no more is wanted, until half of it has been taken.
 *
 * <p><b>Thread-safety</b>: thread-safe; taken from by one thread at a time.
 */
final class Mailbox<T> implements Receiver<T> {

    /** What waits at most before the upstream is not read any further; a read may overshoot it. */
    private static final int FULL = 256;

    private final Consumer<Runnable> loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private volatile Client.@Nullable Writability writability;
    private boolean full;
    private @Nullable Answer complete;
    private @Nullable MidstreamException failure;
    private @Nullable CancelledException cancelled;

    /**
     * @param loop runs a task on the call's loop
     */
    Mailbox(Consumer<Runnable> loop) {
        this.loop = loop;
    }

    // ---------------------------------------------------------------------------- the loop's side

    @Override
    public void open(Client.Writability told) {
        writability = told;
    }

    @Override
    public void next(T item) {
        lock.lock();
        try {
            if (cancelled != null) {
                return;
            }
            waiting.add(item);
            changed.signal();
            if (!full && waiting.size() >= FULL) {
                full = true;
                tell();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void complete(Answer answer) {
        end(answer, null);
    }

    @Override
    public void failed(MidstreamException why) {
        end(null, why);
    }

    private void end(@Nullable Answer answer, @Nullable MidstreamException why) {
        lock.lock();
        try {
            complete = answer;
            failure = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Both sides tell: what counts is how it stands when the loop comes to it. */
    private void tell() {
        Client.Writability told = writability;
        if (told != null) {
            loop.accept(() -> told.writable(takes()));
        }
    }

    private boolean takes() {
        lock.lock();
        try {
            return !full;
        } finally {
            lock.unlock();
        }
    }

    // --------------------------------------------------------------------------- the taker's side

    /**
     * The next item; waits for it.
     *
     * @return null at the end of a complete answer
     * @throws MidstreamException what ended the answer otherwise, each time it is asked
     */
    @Nullable T take() throws InterruptedException {
        T item;
        boolean wanted;
        lock.lockInterruptibly();
        try {
            item = next();
            wanted = full && waiting.size() <= FULL / 2;
            full &= !wanted;
        } finally {
            lock.unlock();
        }
        if (wanted) {
            tell();
        }
        return item;
    }

    /** Whether {@link #take} would not wait. */
    boolean ready() {
        lock.lock();
        try {
            return told();
        } finally {
            lock.unlock();
        }
    }

    private boolean told() {
        return cancelled != null || !waiting.isEmpty() || complete != null || failure != null;
    }

    private @Nullable T next() throws InterruptedException {
        while (!told()) {
            changed.await();
        }
        if (cancelled != null) {
            throw cancelled;
        }
        T item = waiting.poll();
        if (item == null && failure != null) {
            failure.fillInStackTrace();
            throw failure;
        }
        return item;
    }

    /**
     * Whoever takes, now and later, is told this; what waits is dropped. Has no effect on an answer
     * that was taken to its end.
     */
    void cancel(CancelledException why) {
        lock.lock();
        try {
            boolean over = waiting.isEmpty() && (complete != null || failure != null);
            if (!over && cancelled == null) {
                cancelled = why;
                waiting.clear();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The whole answer, null while it has not come to its end. */
    @Nullable Answer answer() {
        lock.lock();
        try {
            return complete;
        } finally {
            lock.unlock();
        }
    }
}
