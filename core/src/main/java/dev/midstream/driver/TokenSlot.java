package dev.midstream.driver;

import dev.midstream.cloud.AccessToken;
import dev.midstream.model.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One account's token, for all loops. Requests get the one that is held while it is good; the first
 * that comes within its last minutes sets off the renewal, for which nobody waits. One fetch runs
 * at a time. Thread-safe; holds no lock while anybody is told.
 */
final class TokenSlot {

    private record Held(AccessToken token, Instant renewAt) {}

    private final InstantSource clock;
    private @Nullable Held held;
    private @Nullable CompletableFuture<Secret> fetching;

    TokenSlot(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param fetch begins a fetch, and tells what came of it to whom it is given, on any thread,
     *     maybe from within; not used if one is running or not needed
     */
    CompletionStage<Secret> token(Consumer<Consumer<TokenFetch.Result>> fetch) {
        CompletionStage<Secret> answer;
        CompletableFuture<Secret> begun = null;
        synchronized (this) {
            Held current = good(clock.instant());
            if (current != null && !clock.instant().isAfter(current.renewAt())) {
                return CompletableFuture.completedFuture(current.token().token());
            }
            if (fetching == null) {
                begun = new CompletableFuture<>();
                fetching = begun;
            }
            answer =
                    current == null
                            ? Objects.requireNonNull(fetching)
                            : CompletableFuture.completedFuture(current.token().token());
        }
        if (begun != null) {
            CompletableFuture<Secret> promise = begun;
            fetch.accept(result -> fetched(result, promise));
        }
        return answer;
    }

    private @Nullable Held good(Instant now) {
        return held != null && held.token().valid(now) ? held : null;
    }

    synchronized void forget() {
        held = null;
    }

    private void fetched(TokenFetch.Result result, CompletableFuture<Secret> promise) {
        switch (result) {
            case TokenFetch.Result.Got got -> {
                keep(got.token());
                promise.complete(got.token().token());
            }
            case TokenFetch.Result.Failed failed -> {
                failed();
                promise.completeExceptionally(failed.why());
            }
        }
    }

    private synchronized void keep(AccessToken token) {
        fetching = null;
        held = new Held(token, token.renewAt(clock.instant()));
    }

    /** What is held stays good until it ends; the next request tries again. */
    private synchronized void failed() {
        fetching = null;
    }
}
