package dev.midstream.routing;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many requests one request of a client may still cause, over retries and fallbacks alike.
 * Event-loop confined.
 *
 * <p>A retry is an attempt in a group that was asked before, on whichever of its deployments; a
 * fallback is the first attempt in another group. Asking a deployment otherwise, because it refused
 * our way of asking, is neither, but an attempt all the same.
 *
 * <p>Retries that a policy allows for a kind of failure are counted by that kind, and beside the
 * others.
 */
final class Budget {

    private final Settings settings;
    private final boolean retriesGiven;
    private final Map<ErrorKind, Integer> governed = new EnumMap<>(ErrorKind.class);
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

    /** The same as it stands now. */
    Budget copy() {
        Budget copy = new Budget(settings, retriesGiven);
        copy.governed.putAll(governed);
        copy.attempts = attempts;
        copy.retries = retries;
        copy.fallbacks = fallbacks;
        copy.lastAskedRetries = lastAskedRetries;
        return copy;
    }

    boolean begun() {
        return attempts > 0;
    }

    boolean allows(Candidate candidate) {
        Integer most = settings.maxAttempts();
        if (most != null && attempts >= most) {
            return false;
        }
        Verdict verdict = candidate.stage.verdict();
        if (!candidate.otherwise() && verdict != null) {
            return left(verdict) > 0;
        }
        return (most != null || ungoverned() <= mostRetries() + settings.maxFallbacks())
                && (candidate.otherwise() || withinKinds(candidate.stage));
    }

    private boolean withinKinds(Stage stage) {
        if (stage.asked()) {
            return retries < mostRetries();
        }
        return !stage.fallback() || fallbacks < settings.maxFallbacks();
    }

    /** How many retries a policy still allows. */
    int left(Verdict verdict) {
        return verdict.retries() - governed.getOrDefault(verdict.kind(), 0);
    }

    private int ungoverned() {
        return attempts - governed.values().stream().mapToInt(n -> n).sum();
    }

    /** Counts an attempt that is about to be made. */
    void count(Candidate candidate) {
        attempts++;
        Verdict verdict = candidate.stage.verdict();
        if (!candidate.otherwise() && verdict != null) {
            governed.merge(verdict.kind(), 1, Integer::sum);
        } else if (candidate.stage.asked()) {
            retries += candidate.otherwise() ? 0 : 1;
        } else if (candidate.stage.fallback()) {
            fallbacks++;
        }
        lastAskedRetries = candidate.deployment.numRetries();
    }

    private int mostRetries() {
        return lastAskedRetries == null || retriesGiven ? settings.numRetries() : lastAskedRetries;
    }
}
