package dev.midstream.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An error in the provider's own words.
 *
 * @param status the HTTP status; for an error inside a stream the status of its HTTP twin
 * @param errorClass what it means
 * @param type the provider's error type ({@code overloaded_error}), empty if it gave none
 * @param code the provider's code as text, null if it gave none
 * @param param the parameter at fault, null if none was named
 * @param message the provider's message, cut to a sane length
 * @param raw the provider's whole error object, null if the body was not JSON
 * @param requestId the provider's id of the request, null if it gave none
 * @param retryAfter how long the provider asks to wait, null if it did not say
 * @param retryVeto whether the provider said {@code x-should-retry: false}
 */
public record ProviderError(
        int status,
        ErrorClass errorClass,
        String type,
        @Nullable String code,
        @Nullable String param,
        String message,
        @Nullable Json raw,
        @Nullable String requestId,
        @Nullable Duration retryAfter,
        boolean retryVeto) {

    /** The same words, understood otherwise. */
    public ProviderError as(ErrorClass other) {
        return new ProviderError(
                status, other, type, code, param, message, raw, requestId, retryAfter, retryVeto);
    }
}
