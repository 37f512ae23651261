package dev.midstream.routing;

import org.jspecify.annotations.Nullable;

/**
 * How much one deployment is asked by all requests together: what runs there now, and what a minute
 * has brought. Thread-safe.
 */
final class Load {

    private final Window requests = new Window();
    private final Window tokens = new Window();
    private int inFlight;

    synchronized int inFlight() {
        return inFlight;
    }

    /** Tokens of the last minute, those of requests that run estimated. */
    synchronized long tokens(long now) {
        return tokens.sum(now);
    }

    /** What keeps a request of so many tokens from being asked within these limits. */
    synchronized @Nullable Obstacle obstacle(Limits limits, long estimated, long now) {
        return Obstacle.of(limits, estimated, inFlight, requests, tokens, now);
    }

    /** Counts an attempt if these limits have room for it. */
    synchronized boolean ask(Limits limits, long estimated, long now) {
        if (obstacle(limits, estimated, now) != null) {
            return false;
        }
        inFlight++;
        requests.add(1, now);
        tokens.add(estimated, now);
        return true;
    }

    /** The attempt is not made after all. */
    synchronized void takeBack(long estimated, long askedAt, long now) {
        inFlight--;
        requests.takeBack(1, askedAt, now);
        tokens.takeBack(estimated, askedAt, now);
    }

    /**
     * The attempt is over.
     *
     * @param spent the tokens that it took; what was estimated stands where that is not known
     */
    synchronized void end(long estimated, @Nullable Long spent, long askedAt, long now) {
        inFlight--;
        if (spent != null && spent > estimated) {
            tokens.add(spent - estimated, now);
        } else if (spent != null) {
            tokens.takeBack(estimated - spent, askedAt, now);
        }
    }
}
