package dev.midstream.config;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables: those of the process, over them those that the configuration sets. Not
 * thread-safe.
 */
final class Environment {

    private static final String REFERENCE = "os.environ/";

    private final Function<String, @Nullable String> process;
    private final Map<String, String> set = new HashMap<>();

    Environment(Function<String, @Nullable String> process) {
        this.process = process;
    }

    void set(String name, String value) {
        set.put(name, value);
    }

    /** The value of a variable; null if it is not set or empty. */
    @Nullable String get(String name) {
        String value = set.containsKey(name) ? set.get(name) : process.apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The first of these that is set, as a name; null if none is. */
    @Nullable String firstSet(Iterable<String> names) {
        for (String name : names) {
            if (get(name) != null) {
                return name;
            }
        }
        return null;
    }

    /** The variable that a text refers to ({@code os.environ/NAME}), null if it refers to none. */
    static @Nullable String referred(String text) {
        return text.startsWith(REFERENCE) ? text.substring(REFERENCE.length()).strip() : null;
    }
}
