package dev.midstream.testkit;

import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.InBandError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error of a provider by its name: the status, type, code and words are those that each protocol
 * has for it.
 *
 * <p><b>Source.</b> The error tables of OpenAI's and Anthropic's API references, read in 2026.
 */
public enum Rejection {
    /** Too much to do: 529 {@code overloaded_error} in Messages, else 503. */
    OVERLOADED(
            503,
            "server_error",
            null,
            529,
            "overloaded_error",
            "Overloaded: too many requests at the moment."),
    /** Too many requests of this caller: 429. Usually sent with {@code Retry-After}. */
    RATE_LIMITED(
            429,
            "requests",
            "rate_limit_exceeded",
            429,
            "rate_limit_error",
            "Rate limit reached, slow down."),
    /** Nothing left to spend: 429 {@code insufficient_quota}, in Messages 402. */
    QUOTA_EXHAUSTED(
            429,
            "insufficient_quota",
            "insufficient_quota",
            402,
            "billing_error",
            "The quota of this account is used up."),
    /** A key that is none: 401. */
    UNAUTHORIZED(
            401,
            "invalid_request_error",
            "invalid_api_key",
            401,
            "authentication_error",
            "The API key is wrong."),
    /** No such model: 404. */
    UNKNOWN_MODEL(
            404,
            "invalid_request_error",
            "model_not_found",
            404,
            "not_found_error",
            "There is no model of this name."),
    /** More than the model's context window holds: 400. */
    PROMPT_TOO_LONG(
            400,
            "invalid_request_error",
            "context_length_exceeded",
            400,
            "invalid_request_error",
            "prompt is too long: it exceeds the model's maximum context length."),
    /** Something else that is wrong with the request: 400. */
    INVALID_REQUEST(
            400,
            "invalid_request_error",
            "invalid_value",
            400,
            "invalid_request_error",
            "The request is invalid."),
    /** A bug or an outage of the provider: 500. */
    SERVER_ERROR(
            500,
            "server_error",
            null,
            500,
            "api_error",
            "The server had an error while it processed the request.");

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final int anthropicStatus;
    private final String anthropicType;
    private final String message;

    Rejection(
            int status,
            String type,
            @Nullable String code,
            int anthropicStatus,
            String anthropicType,
            String message) {
        this.status = status;
        this.type = type;
        this.code = code;
        this.anthropicStatus = anthropicStatus;
        this.anthropicType = anthropicType;
        this.message = message;
    }

    /** The HTTP status in this dialect. */
    public int status(Dialect dialect) {
        return isAnthropic(dialect) ? anthropicStatus : status;
    }

    /** The type of the error object in this dialect. */
    public String type(Dialect dialect) {
        return isAnthropic(dialect) ? anthropicType : type;
    }

    /** What the error says, in every dialect. */
    public String message() {
        return message;
    }

    HttpError asStatus(Dialect dialect, Map<String, String> headers) {
        return new HttpError(status(dialect), type(dialect), message, code(dialect), headers);
    }

    InBandError inBand(Dialect dialect) {
        return new InBandError(status(dialect), type(dialect), message, code(dialect));
    }

    private @Nullable String code(Dialect dialect) {
        return isAnthropic(dialect) ? null : code;
    }

    private static boolean isAnthropic(Dialect dialect) {
        return dialect instanceof MessagesDialect;
    }
}
