package dev.midstream.cloud;

/** A credential that cannot be used; says what is missing and shows nothing of it. */
public final class UnreadableCredential extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableCredential(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
