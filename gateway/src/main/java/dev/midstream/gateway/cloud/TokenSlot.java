package dev.midstream.gateway.cloud;

import dev.midstream.cloud.AccessToken;
import dev.midstream.model.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One account's token. Requests get the one that is held while it is good; the first that comes
 * within its last minutes sets off the renewal, for which nobody waits. One fetch runs at a time.
 * Thread-safe.
 */
final class TokenSlot {

    private record Held(AccessToken token, Instant renewAt) {}

    private final Supplier<AccessToken> fetch;
    private final InstantSource clock;
    private @Nullable Held held;
    private @Nullable CompletableFuture<Secret> fetching;

    /**
     * @param fetch may block; throws {@link TokenUnavailable}
     */
    TokenSlot(Supplier<AccessToken> fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    synchronized CompletionStage<Secret> token() {
        Instant now = clock.instant();
        Held current = held;
        if (current == null || !current.token().valid(now)) {
            return renewal();
        }
        if (now.isAfter(current.renewAt())) {
            renewal();
        }
        return CompletableFuture.completedFuture(current.token().token());
    }

    synchronized void forget() {
        held = null;
    }

    private synchronized CompletableFuture<Secret> renewal() {
        CompletableFuture<Secret> running = fetching;
        if (running != null) {
            return running;
        }
        CompletableFuture<Secret> fresh = new CompletableFuture<>();
        fetching = fresh;
        Thread.ofVirtual().name("google-token").start(() -> renew(fresh));
        return fresh;
    }

    private void renew(CompletableFuture<Secret> promise) {
        try {
            AccessToken token = fetch.get();
            keep(token);
            promise.complete(token.token());
        } catch (RuntimeException e) {
            failed();
            promise.completeExceptionally(e);
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
