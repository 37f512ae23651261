package dev.midstream.client.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Threads that get their turns by hand: a task is one turn. Not thread-safe. */
final class HandThreads extends AbstractExecutorService {

    private final List<Runnable> ready = new ArrayList<>();
    private boolean closed;

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException();
        }
        ready.add(task);
    }

    boolean idle() {
        return ready.isEmpty();
    }

    void turn(RandomGenerator random) {
        ready.remove(random.nextInt(ready.size())).run();
    }

    @Override
    public void shutdown() {
        closed = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        closed = true;
        List<Runnable> left = List.copyOf(ready);
        ready.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return closed;
    }
}
