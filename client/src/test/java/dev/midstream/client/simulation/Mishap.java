package dev.midstream.client.simulation;

import dev.midstream.model.Failure;

/** What goes wrong with one request to an upstream. */
enum Mishap {
    NONE,
    /** It cannot even be sent: the transport throws. */
    THROWN_FROM_SEND,
    NOT_CONNECTED,
    RESET_BEFORE_HEAD,
    NO_HEAD,
    /** The transport breaks by something that is no input or output. */
    TRANSPORT_BROKEN,
    OVERLOADED,
    RATE_LIMITED,
    RATE_LIMITED_FOR_A_WHILE,
    BAD_REQUEST,
    WEB_PAGE,
    CUT,
    CLEAN_END,
    STALL,
    GARBAGE_AND_CUT,
    ERROR_IN_THE_STREAM;

    boolean beforeContent() {
        return compareTo(NONE) > 0 && compareTo(CUT) < 0;
    }

    /** Whether a failure may come of it, where the answer was not whole by then. */
    boolean explains(Failure failure) {
        return switch (this) {
            case NONE -> false;
            case THROWN_FROM_SEND, TRANSPORT_BROKEN ->
                    failure instanceof Failure.Internal || failure instanceof Failure.Cut;
            case NOT_CONNECTED -> failure instanceof Failure.NotConnected;
            case RESET_BEFORE_HEAD -> failure instanceof Failure.Cut;
            case NO_HEAD, STALL -> failure instanceof Failure.TimedOut;
            case OVERLOADED -> refused(failure, 503) || refused(failure, 529);
            case RATE_LIMITED, RATE_LIMITED_FOR_A_WHILE -> refused(failure, 429);
            case BAD_REQUEST -> refused(failure, 400);
            case WEB_PAGE -> failure instanceof Failure.Garbled;
            case CUT -> failure instanceof Failure.Cut;
            case CLEAN_END ->
                    failure instanceof Failure.Truncated || failure instanceof Failure.Garbled;
            case GARBAGE_AND_CUT ->
                    failure instanceof Failure.Cut || failure instanceof Failure.Garbled;
            case ERROR_IN_THE_STREAM -> failure instanceof Failure.Refused;
        };
    }

    private static boolean refused(Failure failure, int status) {
        return failure instanceof Failure.Refused refused && refused.error().status() == status;
    }
}
