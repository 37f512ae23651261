package dev.midstream.gateway.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An option of a command. Immutable.
 *
 * @param names as they are written, {@code -c} and {@code --config}; the last one is told
 * @param label what its value is called in the usage; null for a switch
 * @param required whether the command cannot do without it
 * @param repeated whether it may be given more than once
 */
record Option(
        List<String> names,
        @Nullable String label,
        String description,
        boolean required,
        boolean repeated) {

    Option {
        names = List.copyOf(names);
    }

    static Option flag(String description, String... names) {
        return new Option(List.of(names), null, description, false, false);
    }

    static Option valued(String label, String description, String... names) {
        return new Option(List.of(names), label, description, false, false);
    }

    Option asRequired() {
        return new Option(names, label, description, true, repeated);
    }

    Option asRepeated() {
        return new Option(names, label, description, required, true);
    }

    /** {@code --config}. */
    String name() {
        return names.getLast();
    }

    /** {@code --config=FILE}. */
    String form() {
        return label == null ? name() : name() + "=" + label;
    }
}
