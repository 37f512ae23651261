package dev.midstream.config;

import dev.midstream.config.Diagnostic.Severity;
import dev.midstream.yaml.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is to be said about a configuration. Not thread-safe. */
final class Diagnostics {

    private final List<Diagnostic> said = new ArrayList<>();

    void error(Position at, String message) {
        say(Severity.ERROR, at, message);
    }

    void warning(Position at, String message) {
        say(Severity.WARNING, at, message);
    }

    private void say(Severity severity, Position at, String message) {
        Diagnostic diagnostic = Diagnostic.of(severity, at, message);
        if (!said.contains(diagnostic)) {
            said.add(diagnostic);
        }
    }

    boolean failed() {
        return said.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    List<Diagnostic> all() {
        Comparator<Diagnostic> order =
                Comparator.comparing(Diagnostic::at).thenComparing(Diagnostic::severity);
        return said.stream().sorted(order).toList();
    }
}
