package dev.midstream.routing;

import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions by which LiteLLM's policies are written.
 *
 * <p><b>Source</b>: LiteLLM's {@code RetryPolicy} and {@code AllowedFailsPolicy}, and its mapping
 * of providers' errors to exceptions, read 2026-09.
 */
public enum ErrorKind {
    BAD_REQUEST("BadRequestError"),
    AUTHENTICATION("AuthenticationError"),
    TIMEOUT("TimeoutError"),
    RATE_LIMIT("RateLimitError"),
    CONTENT_POLICY("ContentPolicyViolationError"),
    INTERNAL_SERVER("InternalServerError"),
    SERVICE_UNAVAILABLE("ServiceUnavailableError"),
    BAD_GATEWAY("BadGatewayError"),
    NOT_FOUND("NotFoundError"),
    /** Whatever else a deployment fails by: only what is said of all speaks of it. */
    OTHER("Default");

    private final String name;

    ErrorKind(String name) {
        this.name = name;
    }

    /** Its name in the keys of policies, without {@code Retries} and {@code AllowedFails}. */
    public String key() {
        return name;
    }

    /**
     * What LiteLLM would call this failure. Null where nothing that a policy says applies: what we
     * are to blame for, and ends that no further attempt follows.
     */
    static @Nullable ErrorKind of(Failure failure) {
        return switch (failure) {
            case Failure.NotConnected f ->
                    f.reason() == Failure.NotConnected.Reason.TIMEOUT ? TIMEOUT : INTERNAL_SERVER;
            case Failure.Cut f -> SERVICE_UNAVAILABLE;
            case Failure.Truncated f -> SERVICE_UNAVAILABLE;
            case Failure.TimedOut f -> TIMEOUT;
            case Failure.Garbled f -> INTERNAL_SERVER;
            case Failure.BadEnd f -> INTERNAL_SERVER;
            case Failure.Refused f -> of(f.error());
            case Failure.SeamRejected f -> null;
            case Failure.Untranslatable f -> null;
            case Failure.Unusable f -> null;
            case Failure.DeadlinePassed f -> null;
            case Failure.ShuttingDown f -> null;
            case Failure.Internal f -> null;
        };
    }

    private static @Nullable ErrorKind of(ProviderError error) {
        return switch (error.errorClass()) {
            case BAD_REQUEST, UNSUPPORTED_PARAMETER, CONTEXT_LENGTH, TOO_LARGE -> BAD_REQUEST;
            case CONTENT_POLICY -> CONTENT_POLICY;
            case PREFILL_REFUSED, REASONING_REFUSED, STREAM_REFUSED, PROTOCOL_REFUSED, NOT_SERVED ->
                    null;
            case AUTHENTICATION, PERMISSION -> AUTHENTICATION;
            case QUOTA, RATE_LIMIT -> RATE_LIMIT;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> OTHER;
            case TIMEOUT -> TIMEOUT;
            case OVERLOADED -> SERVICE_UNAVAILABLE;
            case SERVER_ERROR -> ofStatus(error.status());
        };
    }

    private static ErrorKind ofStatus(int status) {
        return switch (status) {
            case 502 -> BAD_GATEWAY;
            case 503 -> SERVICE_UNAVAILABLE;
            case 504 -> TIMEOUT;
            default -> INTERNAL_SERVER;
        };
    }
}
