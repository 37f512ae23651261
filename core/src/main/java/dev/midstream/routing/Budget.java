package dev.midstream.routing;

import org.jspecify.annotations.Nullable;

/**
 * How many requests one request of a client may still cause, over retries and fallbacks alike.
 * Event-loop confined.
 *
 * <p>A retry is an attempt in a group that was asked before, on whichever of its deployments; a
 * fallback is the first attempt in another group. Asking a deployment otherwise, because it refused
 * our way of asking, is neither, but an attempt all the same.
 */
final class Budget {

    private final Settings settings;
    private final boolean retriesGiven;
    private int attempts;
    private int retries;
    private int fallbacks;
    private @Nullable Integer lastAskedRetries;

    /**
     * @param retriesGiven whether the request itself said how many retries it wants, so that the
     *     deployment's own number does not count
     */
    Budget(Settings settings, boolean retriesGiven) {
        this.settings = settings;
        this.retriesGiven = retriesGiven;
    }

    boolean begun() {
        return attempts > 0;
    }

    boolean allows(Candidate candidate) {
        if (attempts >= mostAttempts()) {
            return false;
        }
        if (candidate.otherwise()) {
            return true;
        }
        if (candidate.stage.asked()) {
            return retries < mostRetries();
        }
        return !candidate.stage.fallback() || fallbacks < settings.maxFallbacks();
    }

    /** Counts an attempt that is about to be made. */
    void count(Candidate candidate) {
        attempts++;
        if (candidate.stage.asked()) {
            retries += candidate.otherwise() ? 0 : 1;
        } else if (candidate.stage.fallback()) {
            fallbacks++;
        }
        lastAskedRetries = candidate.deployment.numRetries();
    }

    private int mostRetries() {
        return lastAskedRetries == null || retriesGiven ? settings.numRetries() : lastAskedRetries;
    }

    private int mostAttempts() {
        Integer given = settings.maxAttempts();
        return given != null ? given : 1 + mostRetries() + settings.maxFallbacks();
    }
}
