package dev.midstream.client;

import org.jspecify.annotations.Nullable;

/**
 * Everything that the library throws on purpose. Unchecked; each subclass is one thing that a
 * caller can act on.
 *
 * <table>
 *   <caption>What to do</caption>
 *   <tr><td>{@link InvalidConfigurationException}</td><td>mend the configuration: it names all that is wrong</td></tr>
 *   <tr><td>{@link InvalidRequestException}</td><td>mend the request: nothing was sent</td></tr>
 *   <tr><td>{@link AnswerFailedException}</td><td>ask again where {@link #retryable()}; it tells what was delivered and what was tried</td></tr>
 *   <tr><td>{@link CancelledException}</td><td>nothing: the caller wanted it</td></tr>
 *   <tr><td>{@link RouterClosedException}</td><td>nothing: the router is closed</td></tr>
 * </table>
 */
public abstract class MidstreamException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MidstreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the same request may succeed later, unchanged. */
    public boolean retryable() {
        return false;
    }

    /** Never null: every exception of the library says what it is about. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
