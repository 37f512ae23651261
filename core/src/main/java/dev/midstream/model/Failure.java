package dev.midstream.model;

import java.time.Duration;

/**
 * Why an attempt did not end well, typed by what happened on the wire. Values, not exceptions.
 *
 * <p>Each answers two total questions: was the request {@link #surelyNotProcessed() surely not
 * processed}, and {@link #fault() whose fault} is it.
 */
public sealed interface Failure {

    /**
     * Whether the provider certainly did no work for it, so that asking again costs nothing twice.
     */
    boolean surelyNotProcessed();

    Fault fault();

    /**
     * One word for logs, metrics and clients, stable over releases: {@code connect}, {@code cut},
     * {@code rate_limit}.
     */
    String cause();

    /** One sentence that states what was seen, without secrets and without class names. */
    String message();

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

        @Override
        public boolean surelyNotProcessed() {
            return true;
        }

        @Override
        public Fault fault() {
            return Fault.DEPLOYMENT;
        }

        @Override
        public String cause() {
            return reason == Reason.TIMEOUT ? "connect_timeout" : "connect";
        }
    }

    /**
     * The connection ended before the answer did.
     *
     * @param headSeen whether the response's head had come: without it a pooled connection may just
     *     have been stale
     */
    record Cut(boolean headSeen, String message) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.DEPLOYMENT;
        }

        @Override
        public String cause() {
            return headSeen ? "cut" : "reset";
        }
    }

    /** The input ended cleanly but without the protocol's terminal event. */
    record Truncated(String message) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.DEPLOYMENT;
        }

        @Override
        public String cause() {
            return "truncated";
        }
    }

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
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.DEPLOYMENT;
        }

        @Override
        public String cause() {
            return switch (clock) {
                case FIRST_TOKEN -> "first_token_timeout";
                case IDLE -> "stall";
                case TOTAL -> "timeout";
            };
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
        public boolean surelyNotProcessed() {
            return !inBand && error.status() < 500 && error.status() != 408;
        }

        @Override
        public Fault fault() {
            return error.errorClass().fault();
        }

        @Override
        public String cause() {
            return error.errorClass().name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public String message() {
            return error.message();
        }
    }

    /** What came cannot be the protocol: undecodable, over a bound, the wrong content type. */
    record Garbled(String message) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.DEPLOYMENT;
        }

        @Override
        public String cause() {
            return "garbled";
        }
    }

    /**
     * The model's end was not a good one: a finish reason that means an error, a tool call that is
     * not valid JSON.
     */
    record BadEnd(String message) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.DEPLOYMENT;
        }

        @Override
        public String cause() {
            return "bad_end";
        }
    }

    /**
     * A continuation could not be joined to what the client has: nothing of it was released.
     *
     * @param methodIgnored whether the deployment took the method for something else (a prefill
     *     answered as a fresh turn), so that it may be asked by another one
     */
    record SeamRejected(String message, boolean methodIgnored) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.DEPLOYMENT;
        }

        @Override
        public String cause() {
            return "seam";
        }
    }

    /** The request cannot be said in the deployment's protocol; nothing was sent. */
    record Untranslatable(String param, String message) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return true;
        }

        @Override
        public Fault fault() {
            return Fault.REQUEST;
        }

        @Override
        public String cause() {
            return "untranslatable";
        }
    }

    /**
     * The deployment cannot be asked: no credential, or a provider that this release does not
     * speak; nothing was sent.
     */
    record Unusable(int status, String message) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return true;
        }

        @Override
        public Fault fault() {
            return Fault.CREDENTIAL;
        }

        @Override
        public String cause() {
            return "unusable";
        }
    }

    /** The request's one deadline passed. */
    record DeadlinePassed(Duration limit) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.DEPLOYMENT;
        }

        @Override
        public String cause() {
            return "deadline";
        }

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
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.US;
        }

        @Override
        public String cause() {
            return "shutdown";
        }

        @Override
        public String message() {
            return "The gateway is shutting down";
        }
    }

    /** A bug of ours; the message is safe to show. */
    record Internal(String message) implements Failure {
        @Override
        public boolean surelyNotProcessed() {
            return false;
        }

        @Override
        public Fault fault() {
            return Fault.US;
        }

        @Override
        public String cause() {
            return "internal";
        }
    }
}
