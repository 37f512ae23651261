package dev.midstream.protocol;

import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told when its request cannot be completed: the first upstream failure, true to
 * the provider's words, and what was tried.
 *
 * @param status the HTTP status, the first failure's
 * @param type the provider's error type, or ours where no provider spoke
 * @param first the failure that surfaces
 * @param delivered whether any of the answer had reached the client
 * @param retryable whether asking again later may help
 * @param retryAfter how long to wait before, null if not known
 * @param retried whether we have asked more than once already, so that the client's SDK need not
 *     multiply it
 */
public record ErrorReport(
        int status,
        String type,
        @Nullable String code,
        @Nullable String param,
        String message,
        Failure first,
        boolean delivered,
        boolean retryable,
        @Nullable Duration retryAfter,
        boolean retried,
        List<AttemptReport> attempts) {

    public ErrorReport {
        attempts = List.copyOf(attempts);
    }

    /**
     * One attempt, as far as a client may know.
     *
     * @param status the HTTP status or its twin, 0 where none was seen
     * @param cause {@link Failure#cause()}
     * @param upstreamRequestId the provider's request id, null if it gave none
     */
    public record AttemptReport(
            String group, int status, String cause, @Nullable String upstreamRequestId) {}
}
