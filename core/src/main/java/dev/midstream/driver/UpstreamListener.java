package dev.midstream.driver;

import dev.midstream.model.Failure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Told what becomes of an {@link Exchange}, on the call's loop: {@code head?, bytes*, ended}.
 *
 * <p>Nothing is told after {@link Exchange#cancel()}.
 */
public interface UpstreamListener {

    /**
     * The response's head has come.
     *
     * @param header gives a response header by lower-case name, or null
     */
    void head(int status, Function<String, @Nullable String> header);

    /** A piece of the body; the array is reused as soon as this returns. */
    void bytes(byte[] bytes, int offset, int length);

    /**
     * @param failure why it ended, null if the response was complete as far as HTTP can tell
     * @param thrown what the transport threw, null if it threw nothing
     */
    void ended(@Nullable Failure failure, @Nullable Throwable thrown);
}
