package dev.midstream.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One request to a provider, and what became of it.
 *
 * <p>Thread-safe.
 */
public final class Exchange {

    private final RecordedRequest request;
    private final CompletableFuture<ExchangeEnd> ended = new CompletableFuture<>();

    Exchange(RecordedRequest request) {
        this.request = request;
    }

    /** What was asked. */
    public RecordedRequest request() {
        return request;
    }

    /** Whether the exchange is over. */
    public boolean isOver() {
        return ended.isDone();
    }

    /** Completes when the exchange is over; exceptionally if its script could not be played. */
    public CompletableFuture<ExchangeEnd> ended() {
        return ended.copy();
    }

    /** Waits until the exchange is over. */
    public ExchangeEnd awaitEnd() {
        return awaitEnd(Waiting.LIMIT);
    }

    /** As {@link #awaitEnd()}, with another limit. */
    public ExchangeEnd awaitEnd(Duration limit) {
        return Waiting.until(ended, limit, "this exchange ends: " + request);
    }

    @Override
    public String toString() {
        return Shown.shortened(request) + " → " + outcome();
    }

    private String outcome() {
        if (!isOver()) {
            return "not over yet";
        }
        return ended.isCompletedExceptionally() ? "failed" : ended.join().toString();
    }

    void fail(Throwable e) {
        ended.completeExceptionally(e);
    }

    void end(ExchangeEnd end) {
        ended.complete(end);
    }
}
