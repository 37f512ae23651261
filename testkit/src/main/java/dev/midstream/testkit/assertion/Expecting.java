package dev.midstream.testkit.assertion;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fails with what was expected, what there was, and what it is about. */
record Expecting(Supplier<String> about) {

    void that(boolean holds, String expectation) {
        if (!holds) {
            throw new AssertionError("expected " + expectation + "\nbut got " + about.get());
        }
    }

    void equal(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(
                    "expected %s: %s%n     but was: %s%nin %s"
                            .formatted(what, quoted(expected), quoted(actual), about.get()));
        }
    }

    private static String quoted(@Nullable Object value) {
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }
}
