package dev.midstream.driver;

/** No token came; the message says why and holds no secret. */
public final class TokenUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TokenUnavailable(String message) {
        super(message, null, false, false);
    }
}
