package dev.midstream.config;

import dev.midstream.yaml.Position;
import java.util.Locale;

/**
 * Something to say about the configuration: where, what stands there and what to do. Immutable;
 * never shows a secret.
 *
 * @param file as {@link Position} has it, and so the following
 */
public record Diagnostic(Severity severity, String file, int line, int column, String message) {

    /** Whether the configuration can be used all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** What is said of a place. */
    public static Diagnostic of(Severity severity, Position at, String message) {
        return new Diagnostic(severity, at.file(), at.line(), at.column(), message);
    }

    public Position at() {
        return new Position(file, line, column);
    }

    /** {@code config.yaml:12:7: error: ...}. */
    @Override
    public String toString() {
        String word = severity.name().toLowerCase(Locale.ROOT);
        return at() + ": " + word + ": " + message;
    }
}
