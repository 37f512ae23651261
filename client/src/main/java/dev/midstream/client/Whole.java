package dev.midstream.client;

import dev.midstream.driver.Client;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a whole answer, in a thread or by a future. Thread-safe.
 *
 * @param <T> what else the answer is told in
 */
final class Whole<T> implements Receiver<T> {

    /**
     * What was told.
     *
     * @param last the last item, null if there was none
     */
    record Told<T>(Answer answer, @Nullable T last) {}

    private final CompletableFuture<Told<T>> told = new CompletableFuture<>();
    private @Nullable T last;
    private @Nullable Call call;

    void begin(Call made) {
        call = made;
        made.begin();
    }

    // ---------------------------------------------------------------------------- the call's side

    @Override
    public void open(Client.Writability writability) {}

    @Override
    public void next(T item) {
        last = item;
    }

    @Override
    public void complete(Answer answer) {
        told.complete(new Told<>(answer, last));
    }

    @Override
    public void failed(MidstreamException failure) {
        told.completeExceptionally(failure);
    }

    // -------------------------------------------------------------------------- the caller's side

    Told<T> await() {
        try {
            return told.get();
        } catch (InterruptedException e) {
            Objects.requireNonNull(call).cancel();
            Thread.currentThread().interrupt();
            throw new CancelledException("The thread that waited was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MidstreamException failure) {
                failure.fillInStackTrace();
                throw failure;
            }
            throw new IllegalStateException("only our own exceptions end an answer", e);
        }
    }

    /** Ended by whoever has it, the call is cancelled. */
    <R> CompletableFuture<R> future(Function<Told<T>, R> part) {
        CompletableFuture<R> future = new CompletableFuture<>();
        Call made = Objects.requireNonNull(call);
        future.whenComplete((answer, failure) -> made.cancel());
        told.whenComplete((whole, failure) -> pass(whole, failure, part, future));
        return future;
    }

    private static <T, R> void pass(
            @Nullable Told<T> whole,
            @Nullable Throwable failure,
            Function<Told<T>, R> part,
            CompletableFuture<R> future) {
        try {
            if (failure == null) {
                future.complete(part.apply(Objects.requireNonNull(whole)));
            } else {
                future.completeExceptionally(failure);
            }
        } catch (RuntimeException bug) {
            future.completeExceptionally(bug);
        }
    }
}
