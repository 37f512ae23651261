package dev.midstream.client;

import dev.midstream.config.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A router that cannot be built, with everything that is wrong at once: the message has a line for
 * each problem, which names the place (a file's line and column, or in words where it was said in
 * code), what stands there and what was expected. No secret is in it.
 */
public final class InvalidConfigurationException extends MidstreamException {

    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    InvalidConfigurationException(List<Diagnostic> diagnostics) {
        super(
                diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")),
                null);
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** Errors and warnings: what files say first, then what code says, each in its order. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
