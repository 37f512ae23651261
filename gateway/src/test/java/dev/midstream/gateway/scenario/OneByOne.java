package dev.midstream.gateway.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wants one item after the other. */
final class OneByOne<T> implements Flow.Subscriber<T> {

    private final List<T> items = new ArrayList<>();
    private final CompletableFuture<List<T>> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription made) {
        subscription = made;
        made.request(1);
    }

    @Override
    public void onNext(T item) {
        items.add(item);
        Objects.requireNonNull(subscription).request(1);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(items);
    }

    /** What came, until the end or an error. */
    List<T> items() {
        return items;
    }

    /**
     * Waits for the end.
     *
     * @throws CompletionException by what the publisher failed
     */
    void await() {
        end.orTimeout(World.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
