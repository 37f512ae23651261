package dev.midstream.gateway.cli;

import dev.midstream.gateway.transport.TransportKind;
import org.jspecify.annotations.Nullable;

/** {@code --transport}. */
final class TransportOption {

    static final Option TRANSPORT =
            Option.valued(
                    "KIND",
                    "How sockets are waited for: auto, epoll or nio; else auto.",
                    "--transport");

    private TransportOption() {}

    /**
     * Null where none is given.
     *
     * @throws WrongUsage if it names none
     */
    static @Nullable TransportKind in(Arguments given) {
        String word = given.text(TRANSPORT);
        return word == null
                ? null
                : TransportKind.parse(word).orElseThrow(() -> new WrongUsage(unknown(word)));
    }

    private static String unknown(String word) {
        return TRANSPORT.name() + " is '" + word + "', expected auto, epoll or nio";
    }
}
