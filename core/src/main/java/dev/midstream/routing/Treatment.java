package dev.midstream.routing;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a failure: for the deployment that failed, for the others of its group, and for
 * requests to come. Immutable.
 *
 * @param again whether and when the same deployment may be asked again within this request
 * @param onward who else may be asked
 * @param cooling what the fleet makes of it
 */
record Treatment(Again again, Onward onward, Cooling cooling) {

    /** Whether the same deployment may be asked again by the request that failed there. */
    enum Again {
        NEVER,
        /** Before anybody else, asked otherwise: only our way of asking was refused. */
        OTHERWISE,
        /** When nobody else is left; the first time without waiting. */
        AT_ONCE,
        /** When nobody else is left, and not at once: it has too much to do. */
        LATER
    }

    /** Who else may be asked. */
    enum Onward {
        /** The other deployments of the group, then the next groups. */
        GROUP,
        /** The next groups only: the rest of this one would say the same. */
        NEXT_GROUP,
        NOBODY
    }

    /** Whether the deployment is left alone for a while. */
    enum Cooling {
        NONE,
        /** Only when it happens again soon. */
        COUNTED,
        AT_ONCE,
        /** At once and for long: nothing changes before somebody does something. */
        LONG
    }

    private static final Duration LONGEST_HINT = Duration.ofHours(1);

    private static final Treatment NEXT_GROUP =
            new Treatment(Again.NEVER, Onward.NEXT_GROUP, Cooling.NONE);
    private static final Treatment END = new Treatment(Again.NEVER, Onward.NOBODY, Cooling.NONE);
    private static final Treatment BROKE =
            new Treatment(Again.AT_ONCE, Onward.GROUP, Cooling.COUNTED);
    private static final Treatment DOWN =
            new Treatment(Again.AT_ONCE, Onward.GROUP, Cooling.AT_ONCE);
    private static final Treatment BUSY = new Treatment(Again.LATER, Onward.GROUP, Cooling.AT_ONCE);
    private static final Treatment LOCKED =
            new Treatment(Again.LATER, Onward.GROUP, Cooling.COUNTED);
    private static final Treatment SHUT_OUT =
            new Treatment(Again.NEVER, Onward.GROUP, Cooling.LONG);
    private static final Treatment ASK_OTHERWISE =
            new Treatment(Again.OTHERWISE, Onward.GROUP, Cooling.NONE);
    private static final Treatment SKIP = new Treatment(Again.NEVER, Onward.GROUP, Cooling.NONE);

    static Treatment of(Failure failure, boolean evadeContentPolicy) {
        return switch (failure) {
            case Failure.NotConnected f ->
                    f.reason() == Failure.NotConnected.Reason.TLS
                            ? new Treatment(Again.AT_ONCE, Onward.GROUP, Cooling.LONG)
                            : DOWN;
            case Failure.Cut f -> BROKE;
            case Failure.Truncated f -> BROKE;
            case Failure.TimedOut f -> BROKE;
            case Failure.Garbled f -> BROKE;
            case Failure.BadEnd f -> BROKE;
            case Failure.SeamRejected f ->
                    f.methodIgnored()
                            ? ASK_OTHERWISE
                            : new Treatment(Again.AT_ONCE, Onward.GROUP, Cooling.NONE);
            case Failure.Refused f -> of(f.error(), evadeContentPolicy);
            case Failure.Untranslatable f -> SKIP;
            case Failure.Unusable f -> SKIP;
            case Failure.Internal f -> SKIP;
            case Failure.DeadlinePassed f -> END;
            case Failure.ShuttingDown f -> END;
        };
    }

    private static Treatment of(ProviderError error, boolean evadeContentPolicy) {
        Treatment treatment = of(error.errorClass(), error.status(), evadeContentPolicy);
        return error.retryVeto() && treatment.again != Again.OTHERWISE
                ? new Treatment(Again.NEVER, treatment.onward, treatment.cooling)
                : treatment;
    }

    private static Treatment of(ErrorClass errorClass, int status, boolean evadeContentPolicy) {
        return switch (errorClass) {
            case BAD_REQUEST, UNSUPPORTED_PARAMETER, CONTEXT_LENGTH, TOO_LARGE -> NEXT_GROUP;
            case CONTENT_POLICY -> evadeContentPolicy ? NEXT_GROUP : END;
            case PREFILL_REFUSED, REASONING_REFUSED, STREAM_REFUSED, PROTOCOL_REFUSED ->
                    ASK_OTHERWISE;
            case AUTHENTICATION, PERMISSION, QUOTA, NOT_FOUND -> SHUT_OUT;
            case NOT_SERVED -> SKIP;
            case RATE_LIMIT, OVERLOADED -> BUSY;
            case CONFLICT -> LOCKED;
            case TIMEOUT -> BROKE;
            case SERVER_ERROR -> status > 500 ? DOWN : BROKE;
        };
    }

    /**
     * What is left of this where the operator wants failures of this kind to be retried: asking
     * again is worth it unless the answer cannot be another one, or the provider forbids it.
     */
    Treatment insisting(Failure failure) {
        boolean pointless =
                failure instanceof Failure.Refused refused
                        && (refused.error().retryVeto()
                                || refused.error().errorClass() == ErrorClass.CONTEXT_LENGTH
                                || refused.error().errorClass() == ErrorClass.TOO_LARGE);
        return again != Again.NEVER || pointless
                ? this
                : new Treatment(Again.LATER, Onward.GROUP, cooling);
    }

    /** How long the provider asks to be left alone, bounded; null where it did not say. */
    static @Nullable Duration waitHint(Failure failure) {
        if (!(failure instanceof Failure.Refused refused)) {
            return null;
        }
        Duration hint = refused.error().retryAfter();
        if (hint == null || hint.isNegative()) {
            return null;
        }
        return hint.compareTo(LONGEST_HINT) < 0 ? hint : LONGEST_HINT;
    }
}
