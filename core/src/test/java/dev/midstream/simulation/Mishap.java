package dev.midstream.simulation;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one attempt.
 *
 * @param after how many events of the stream come before it; of no matter where it happens before
 *     the head
 * @param retryAfter what a 429 asks for, null if it does not say
 */
record Mishap(Kind kind, int after, @Nullable Duration retryAfter) {

    enum Kind {
        NONE,
        // before the response's head
        NOT_CONNECTED,
        RESET,
        BLACK_HOLE,
        STATUS_429,
        STATUS_500,
        STATUS_503,
        STATUS_529,
        STATUS_400,
        STATUS_401,
        STATUS_CONTENT_POLICY,
        // inside the stream
        CUT,
        TRUNCATED,
        STALL,
        PINGS_ONLY,
        IN_BAND_500,
        IN_BAND_429,
        IN_BAND_OVERLOADED,
        GARBLED,
        TERMINATED_EARLY,
        /**
         * The arguments of the first tool call end before they are JSON; the answer ends as if all
         * were well.
         */
        BROKEN_CALL;

        boolean beforeHead() {
            return compareTo(NOT_CONNECTED) >= 0 && compareTo(CUT) < 0;
        }

        boolean inStream() {
            return compareTo(CUT) >= 0;
        }
    }

    static final Mishap NONE = new Mishap(Kind.NONE, 0, null);

    static Mishap of(Kind kind, int after) {
        return new Mishap(kind, after, null);
    }

    /**
     * What the upstream's end, or its error, is handed in as; null where it is a clean end or
     * nothing at all.
     */
    @Nullable Failure failure() {
        return switch (kind) {
            case NOT_CONNECTED ->
                    new Failure.NotConnected(Failure.NotConnected.Reason.REFUSED, "refused");
            case RESET -> new Failure.Cut(false, "reset before the head");
            case STATUS_429 -> refused(429, ErrorClass.RATE_LIMIT, false);
            case STATUS_500 -> refused(500, ErrorClass.SERVER_ERROR, false);
            case STATUS_503 -> refused(503, ErrorClass.OVERLOADED, false);
            case STATUS_529 -> refused(529, ErrorClass.OVERLOADED, false);
            case STATUS_400 -> refused(400, ErrorClass.BAD_REQUEST, false);
            case STATUS_401 -> refused(401, ErrorClass.AUTHENTICATION, false);
            case STATUS_CONTENT_POLICY -> refused(400, ErrorClass.CONTENT_POLICY, false);
            case CUT -> new Failure.Cut(true, "reset after %d events".formatted(after));
            case IN_BAND_500 -> refused(500, ErrorClass.SERVER_ERROR, true);
            case IN_BAND_429 -> refused(429, ErrorClass.RATE_LIMIT, true);
            case IN_BAND_OVERLOADED -> refused(529, ErrorClass.OVERLOADED, true);
            case GARBLED -> new Failure.Garbled("not the protocol");
            case NONE, BLACK_HOLE, TRUNCATED, STALL, PINGS_ONLY, TERMINATED_EARLY, BROKEN_CALL ->
                    null;
        };
    }

    static Failure refusedPrefill() {
        return new Failure.Refused(
                error(400, ErrorClass.PREFILL_REFUSED, "prefill is not supported", null), false);
    }

    private Failure refused(int status, ErrorClass errorClass, boolean inBand) {
        return new Failure.Refused(
                error(
                        status,
                        errorClass,
                        kind.name().toLowerCase(java.util.Locale.ROOT),
                        retryAfter),
                inBand);
    }

    private static ProviderError error(
            int status, ErrorClass errorClass, String message, @Nullable Duration retryAfter) {
        return new ProviderError(
                status,
                errorClass,
                "sim_error",
                null,
                null,
                message,
                null,
                null,
                retryAfter,
                false);
    }

    @Override
    public String toString() {
        String where = kind.inStream() ? "@" + after : "";
        return kind + where + (retryAfter == null ? "" : "(retry after " + retryAfter + ")");
    }
}
