package dev.midstream.gateway.transport;

import dev.midstream.model.Failure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Told what becomes of an {@link UpstreamCall}, on the call's event loop: {@code head?, bytes*,
 * ended}.
 *
 * <p>Nothing is told after {@link UpstreamCall#cancel()}.
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
     */
    void ended(@Nullable Failure failure);
}
