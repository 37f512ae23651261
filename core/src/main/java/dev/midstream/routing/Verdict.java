package dev.midstream.routing;

import dev.midstream.model.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a retry policy says of a failure.
 *
 * @param retries how many may follow failures of this kind, in one request
 */
record Verdict(ErrorKind kind, int retries) {

    /** Null where the policy says nothing. */
    static @Nullable Verdict of(RetryPolicy policy, Failure failure) {
        ErrorKind kind = ErrorKind.of(failure);
        Integer retries = kind == null ? null : policy.retries(kind);
        return kind == null || retries == null ? null : new Verdict(kind, retries);
    }
}
