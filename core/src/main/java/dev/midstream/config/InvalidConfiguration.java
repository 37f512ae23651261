package dev.midstream.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; holds everything that is wrong with it, warnings too. */
public final class InvalidConfiguration extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    InvalidConfiguration(List<Diagnostic> diagnostics) {
        super(
                diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")),
                null,
                false,
                false);
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** In the order of the files and their lines. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
