package dev.midstream.provider;

/**
 * A URL that cannot be used. Says what was expected and never what was given: it may hold a
 * password.
 */
public final class IllegalUrl extends Exception {

    private static final long serialVersionUID = 1;

    private final String expected;

    public IllegalUrl(String expected) {
        super("expected " + expected, null, false, false);
        this.expected = expected;
    }

    /** {@code a URL that begins with http:// or https://}. */
    public String expected() {
        return expected;
    }
}
