package dev.midstream.client;

import org.jspecify.annotations.Nullable;

/**
 * An answer that its caller did not want any more: its stream was closed while it was waited for,
 * or the thread that waited was interrupted. The upstream has been cancelled.
 *
 * <p>After an interrupt the cause is the {@link InterruptedException} itself, and the thread's
 * interrupt flag is set.
 */
public final class CancelledException extends MidstreamException {

    private static final long serialVersionUID = 1;

    CancelledException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
