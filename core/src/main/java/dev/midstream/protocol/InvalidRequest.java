package dev.midstream.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A client's request that cannot be served, whatever the upstream; says which member and what was
 * expected.
 */
public final class InvalidRequest extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String code;
    private final @Nullable String param;

    public InvalidRequest(int status, @Nullable String param, String message) {
        this(status, null, param, message);
    }

    public InvalidRequest(
            int status, @Nullable String code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
    }

    public int status() {
        return status;
    }

    /** OpenAI's word for what is wrong, null where the status says it all. */
    public @Nullable String code() {
        return code;
    }

    /** The member at fault, as a path: {@code messages[2].content}. */
    public @Nullable String param() {
        return param;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
