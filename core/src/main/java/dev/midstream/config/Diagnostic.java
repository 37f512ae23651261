package dev.midstream.config;

import java.util.Locale;

/**
 * Something to say about the configuration: where, what stands there and what to do. Immutable;
 * never shows a secret.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record Diagnostic(Severity severity, String file, int line, int column, String message) {

    /** Whether the configuration can be used all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** {@code config.yaml:12:7: error: ...}. */
    @Override
    public String toString() {
        String word = severity.name().toLowerCase(Locale.ROOT);
        return file + ":" + line + ":" + column + ": " + word + ": " + message;
    }
}
