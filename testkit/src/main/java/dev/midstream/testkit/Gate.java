package dev.midstream.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A door in the middle of an answer that a test opens by hand.
 *
 * <p>The provider stops at {@link Step.AwaitRelease}; the test sees that it got there, does what it
 * wants to do meanwhile, and opens. A gate that is open stays open.
 *
 * <p>Thread-safe.
 */
public final class Gate {

    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Lets every answer pass, now and from now on. */
    public void open() {
        opened.complete(null);
    }

    /** Whether {@link #open()} was called. */
    public boolean isOpen() {
        return opened.isDone();
    }

    /**
     * Returns when a provider stands at the gate: all that precedes it was handed to the socket.
     */
    public void awaitReached() {
        Waiting.until(reached, Waiting.LIMIT, "a provider reaches the gate");
    }

    /** As {@link #awaitReached()}, with another limit. */
    public void awaitReached(Duration limit) {
        Waiting.until(reached, limit, "a provider reaches the gate");
    }

    CompletableFuture<Void> arrive() {
        reached.complete(null);
        return opened;
    }

    /** Completes when the gate opens; nobody has reached it by that. */
    CompletableFuture<Void> opened() {
        return opened;
    }
}
