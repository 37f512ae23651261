package dev.midstream.gateway.cli;

/** Something that was asked for cannot be had; the message says what and what was expected. */
final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotStart(String message) {
        super(message, null, false, false);
    }
}
