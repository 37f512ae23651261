package dev.midstream.client.simulation;

/** A promise that was broken; the message says which and how. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }

    static void unless(boolean holds, String promise) {
        if (!holds) {
            throw new Violation(promise);
        }
    }
}
