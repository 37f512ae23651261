package dev.midstream.client;

import dev.midstream.protocol.InvalidRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be served by this router, whatever the upstreams: an unknown model, a body
 * that is no request, an impossible setting. Thrown before any byte is sent.
 */
public final class InvalidRequestException extends MidstreamException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String param;

    InvalidRequestException(InvalidRequest invalid) {
        super(invalid.getMessage(), null);
        this.status = invalid.status();
        this.param = invalid.param();
    }

    /**
     * @param problems all that is wrong
     */
    InvalidRequestException(List<String> problems) {
        super(String.join("; ", problems), null);
        this.status = 400;
        this.param = null;
    }

    /** The HTTP status that a gateway would answer with: 400, 404 for an unknown model. */
    public int status() {
        return status;
    }

    /** The member at fault, as a path ({@code messages[2].content}); null where none is named. */
    public @Nullable String param() {
        return param;
    }
}
