package dev.midstream.cloud;

/** No token came: the token server's own words, without anything secret. */
public final class TokenRefused extends Exception {

    private static final long serialVersionUID = 1;

    TokenRefused(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
