package dev.midstream.driver;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import org.jspecify.annotations.Nullable;

/**
 * One attempt under way, however its deployment is asked.
 *
 * <p><b>Shape</b>: tells its listener {@code answering?, frame*, ended}; never from within {@link
 * #begin()}, and nothing after {@link #cancel()} or {@link #letEnd()}.
 *
 * <p><b>Thread-safety</b>: confined to the call's {@link Loop}, listener included.
 */
public interface Attempt {

    /** Told how the attempt goes. */
    interface Listener {
        /**
         * @param requestId what the upstream calls the request, null if it says nothing
         */
        void answering(int attempt, @Nullable String requestId);

        void frame(int attempt, Frame frame);

        /**
         * @param thrown what the transport threw, null if it threw nothing
         */
        void ended(int attempt, @Nullable Failure failure, @Nullable Throwable thrown);
    }

    int number();

    void begin();

    /** Ends the request in whatever phase it is. */
    void cancel();

    /**
     * All that was wanted has come: the upstream is left to end by itself for a moment, so that its
     * connection can be used again.
     */
    void letEnd();

    /** Whether the client takes what comes. */
    void reading(boolean wanted);
}
