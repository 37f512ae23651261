package dev.midstream.driver;

import dev.midstream.model.Failure;
import dev.midstream.model.Failure.NotConnected.Reason;
import java.time.Duration;

/**
 * The failures of the wire in the words that clients are told. They name no host, no proxy and no
 * credential.
 */
public final class Breaks {

    private Breaks() {}

    /** No connection came about. */
    public static Failure notConnected(Reason reason) {
        return new Failure.NotConnected(
                reason,
                switch (reason) {
                    case REFUSED -> "The upstream refused the connection";
                    case TIMEOUT -> "The connection to the upstream timed out";
                    case UNKNOWN_HOST -> "The host name of the upstream cannot be resolved";
                    case TLS -> "No TLS session with the upstream came about";
                    case OTHER -> "No connection to the upstream came about";
                });
    }

    /** None came about in the time that the caller grants. */
    public static Failure connectTimedOut(Duration limit) {
        return new Failure.NotConnected(
                Reason.TIMEOUT,
                "No connection to the upstream within " + limit.toMillis() / 1000.0 + " s");
    }

    /** The proxy in between is the one that said no. */
    public static Failure noWayThroughTheProxy() {
        return new Failure.NotConnected(
                Reason.OTHER, "The proxy gave no connection to the upstream");
    }

    /**
     * The connection ended before the answer did.
     *
     * @param headSeen whether the response's head had come
     */
    public static Failure cut(boolean headSeen) {
        return new Failure.Cut(
                headSeen,
                headSeen
                        ? "The connection to the upstream broke in the middle of the answer"
                        : "The connection to the upstream broke before the answer began");
    }

    /** The bytes that came are no HTTP. */
    public static Failure notHttp() {
        return new Failure.Garbled("What the upstream sent is not HTTP");
    }
}
