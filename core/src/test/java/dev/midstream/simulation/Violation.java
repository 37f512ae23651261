package dev.midstream.simulation;

/** A rule that the engine broke; the message says which and how. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }

    static void unless(boolean lawful, String rule) {
        if (!lawful) {
            throw new Violation(rule);
        }
    }
}
