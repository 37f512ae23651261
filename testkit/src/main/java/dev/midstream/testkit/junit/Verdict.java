package dev.midstream.testkit.junit;

import dev.midstream.testkit.ScriptedProvider;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the end of a test has to say of its providers. */
final class Verdict {

    /** What the providers of a test that failed had seen. It has no stack trace: it is no cause. */
    private static final class ProvidersSaw extends Exception {
        private static final long serialVersionUID = 1L;

        ProvidersSaw(String message) {
            super(message, null, false, false);
        }
    }

    private Verdict() {}

    /**
     * Tells a failure what was seen, or fails a test that passed.
     *
     * @param lenient whether surprises fail no test
     */
    static void on(ExtensionContext test, List<ScriptedProvider> providers, boolean lenient) {
        if (providers.isEmpty()) {
            return;
        }
        test.getExecutionException()
                .ifPresentOrElse(
                        thrown -> thrown.addSuppressed(new ProvidersSaw(told(providers))),
                        () -> judge(providers, lenient));
    }

    private static void judge(List<ScriptedProvider> providers, boolean lenient) {
        boolean surprised =
                providers.stream().anyMatch(provider -> !provider.surprises().isEmpty());
        if (surprised && !lenient) {
            throw new AssertionError(told(providers));
        }
    }

    private static String told(List<ScriptedProvider> providers) {
        return providers.stream()
                        .flatMap(
                                one ->
                                        one.surprises().stream()
                                                .map(what -> one.name() + ": " + what))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())
                + providers.stream()
                        .map(ScriptedProvider::toString)
                        .collect(Collectors.joining("\n"));
    }
}
