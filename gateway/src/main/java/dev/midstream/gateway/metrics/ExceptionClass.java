package dev.midstream.gateway.metrics;

import dev.midstream.model.Failure;

/** What LiteLLM calls an error. */
final class ExceptionClass {

    private ExceptionClass() {}

    static String of(int status) {
        return switch (status) {
            case 400, 413 -> "BadRequestError";
            case 401 -> "AuthenticationError";
            case 403 -> "PermissionDeniedError";
            case 404 -> "NotFoundError";
            case 408, 504 -> "Timeout";
            case 422 -> "UnprocessableEntityError";
            case 429 -> "RateLimitError";
            case 502 -> "APIConnectionError";
            case 503, 529 -> "ServiceUnavailableError";
            default -> status >= 500 ? "InternalServerError" : "APIError";
        };
    }

    static String of(Failure failure) {
        return switch (failure) {
            case Failure.Refused f -> of(f.error().status());
            case Failure.NotConnected f -> "APIConnectionError";
            case Failure.Cut f -> "APIConnectionError";
            case Failure.Truncated f -> "APIConnectionError";
            case Failure.TimedOut f -> "Timeout";
            case Failure.DeadlinePassed f -> "Timeout";
            case Failure.Garbled f -> "APIError";
            case Failure.BadEnd f -> "APIError";
            case Failure.SeamRejected f -> "APIError";
            case Failure.Untranslatable f -> "BadRequestError";
            case Failure.Unusable f -> "AuthenticationError";
            case Failure.ShuttingDown f -> "ServiceUnavailableError";
            case Failure.Internal f -> "InternalServerError";
        };
    }
}
