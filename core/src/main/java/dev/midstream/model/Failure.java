package dev.midstream.model;

import java.time.Duration;
import java.util.Locale;

/**
 * Why an attempt did not end well, typed by what happened on the wire. Values, not exceptions.
 *
 * <p>Each answers two total questions: was the request {@link #surelyNotProcessed() surely not
 * processed}, and {@link #fault() whose fault} is it.
 */
public sealed interface Failure {

    /** One sentence that states what was seen, without secrets and without class names. */
    String message();

    /**
     * Whether the provider certainly did no work for it, so that asking again costs nothing twice.
     */
    default boolean surelyNotProcessed() {
        return switch (this) {
            case NotConnected f -> true;
            case Untranslatable f -> true;
            case Unusable f -> true;
            case Refused f -> !f.inBand && f.error.status() < 500 && f.error.status() != 408;
            case Cut f -> false;
            case Truncated f -> false;
            case TimedOut f -> false;
            case Garbled f -> false;
            case BadEnd f -> false;
            case SeamRejected f -> false;
            case DeadlinePassed f -> false;
            case ShuttingDown f -> false;
            case Internal f -> false;
        };
    }

    default Fault fault() {
        return switch (this) {
            case Refused f -> f.error.errorClass().fault();
            case Untranslatable f -> Fault.REQUEST;
            case Unusable f -> Fault.CREDENTIAL;
            case ShuttingDown f -> Fault.US;
            case Internal f -> Fault.US;
            case NotConnected f -> Fault.DEPLOYMENT;
            case Cut f -> Fault.DEPLOYMENT;
            case Truncated f -> Fault.DEPLOYMENT;
            case TimedOut f -> Fault.DEPLOYMENT;
            case Garbled f -> Fault.DEPLOYMENT;
            case BadEnd f -> Fault.DEPLOYMENT;
            case SeamRejected f -> Fault.DEPLOYMENT;
            case DeadlinePassed f -> Fault.DEPLOYMENT;
        };
    }

    /**
     * One word for logs, metrics and clients, stable over releases: {@code connect}, {@code cut},
     * {@code rate_limit}.
     */
    default String cause() {
        return switch (this) {
            case NotConnected f ->
                    f.reason == NotConnected.Reason.TIMEOUT ? "connect_timeout" : "connect";
            case Cut f -> f.headSeen ? "cut" : "reset";
            case Truncated f -> "truncated";
            case TimedOut f ->
                    switch (f.clock) {
                        case FIRST_TOKEN -> "first_token_timeout";
                        case IDLE -> "stall";
                        case TOTAL -> "timeout";
                    };
            case Refused f -> f.error.errorClass().name().toLowerCase(Locale.ROOT);
            case Garbled f -> "garbled";
            case BadEnd f -> "bad_end";
            case SeamRejected f -> "seam";
            case Untranslatable f -> "untranslatable";
            case Unusable f -> "unusable";
            case DeadlinePassed f -> "deadline";
            case ShuttingDown f -> "shutdown";
            case Internal f -> "internal";
        };
    }

    /** No connection came about: the request was never sent. */
    record NotConnected(Reason reason, String message) implements Failure {
        /** What kept the connection from coming about. */
        public enum Reason {
            REFUSED,
            TIMEOUT,
            UNKNOWN_HOST,
            TLS,
            OTHER
        }
    }

    /**
     * The connection ended before the answer did.
     *
     * @param headSeen whether the response's head had come: without it a pooled connection may just
     *     have been stale
     */
    record Cut(boolean headSeen, String message) implements Failure {}

    /** The input ended cleanly but without the protocol's terminal event. */
    record Truncated(String message) implements Failure {}

    /** A clock ran out. */
    record TimedOut(Clock clock, Duration limit) implements Failure {
        /** Which one. */
        public enum Clock {
            /** No content came in time. */
            FIRST_TOKEN,
            /** No progress was made in time. */
            IDLE,
            /** A plain (not streamed) attempt was not answered in time. */
            TOTAL
        }

        @Override
        public String message() {
            String seconds = limit.toMillis() / 1000.0 + " s";
            return switch (clock) {
                case FIRST_TOKEN -> "The upstream sent no content within " + seconds;
                case IDLE -> "The upstream made no progress for " + seconds;
                case TOTAL -> "The upstream did not answer within " + seconds;
            };
        }
    }

    /**
     * The provider answered with an error.
     *
     * @param inBand whether it came inside a stream that had begun with status 200
     */
    record Refused(ProviderError error, boolean inBand) implements Failure {
        @Override
        public String message() {
            return error.message();
        }
    }

    /** What came cannot be the protocol: undecodable, over a bound, the wrong content type. */
    record Garbled(String message) implements Failure {}

    /**
     * The model's end was not a good one: a finish reason that means an error, a tool call that is
     * not valid JSON.
     */
    record BadEnd(String message) implements Failure {}

    /**
     * A continuation could not be joined to what the client has: nothing of it was released.
     *
     * @param methodIgnored whether the deployment took the method for something else (a prefill
     *     answered as a fresh turn), so that it may be asked by another one
     */
    record SeamRejected(String message, boolean methodIgnored) implements Failure {}

    /** The request cannot be said in the deployment's protocol; nothing was sent. */
    record Untranslatable(String param, String message) implements Failure {}

    /**
     * The deployment cannot be asked: no credential, or a provider that this release does not
     * speak; nothing was sent.
     */
    record Unusable(int status, String message) implements Failure {}

    /** The request's one deadline passed. */
    record DeadlinePassed(Duration limit) implements Failure {
        @Override
        public String message() {
            return "The request was not finished within its deadline of "
                    + limit.toMillis() / 1000.0
                    + " s";
        }
    }

    /** This process is going away. */
    record ShuttingDown() implements Failure {
        @Override
        public String message() {
            return "The gateway is shutting down";
        }
    }

    /** A bug of ours; the message is safe to show. */
    record Internal(String message) implements Failure {}
}
