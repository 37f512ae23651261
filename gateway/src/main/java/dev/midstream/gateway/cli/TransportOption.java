package dev.midstream.gateway.cli;

import dev.midstream.gateway.transport.TransportKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --transport}. */
final class TransportOption {

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "How sockets are waited for: ${COMPLETION-CANDIDATES}.")
    private @Nullable TransportKind given;

    TransportKind kind() {
        return or(TransportKind.AUTO);
    }

    TransportKind or(TransportKind otherwise) {
        return Objects.requireNonNullElse(given, otherwise);
    }
}
