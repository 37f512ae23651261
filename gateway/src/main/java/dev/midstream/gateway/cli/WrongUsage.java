package dev.midstream.gateway.cli;

/** The command line makes no sense; the message says where and what was expected. */
final class WrongUsage extends RuntimeException {

    private static final long serialVersionUID = 1;

    WrongUsage(String message) {
        super(message, null, false, false);
    }
}
