package dev.midstream.testkit;

import java.util.List;
import java.util.Optional;

/**
 * HTTP header fields as they came, in their order.
 *
 * <p>Immutable.
 */
public record Headers(List<Field> fields) {

    /** One line of a head; names compare without case. */
    public record Field(String name, String value) {}

    public Headers {
        fields = List.copyOf(fields);
    }

    /** The value of the first field of that name. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /** The values of all fields of that name, in order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Whether the first field of that name has that value, apart from case. */
    public boolean says(String name, String value) {
        return first(name).filter(value::equalsIgnoreCase).isPresent();
    }
}
