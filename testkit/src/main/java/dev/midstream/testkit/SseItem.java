package dev.midstream.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What an event stream consists of.
 *
 * <p>Immutable.
 */
public sealed interface SseItem {

    /** A dispatched event; several {@code data} lines are joined by line feeds. */
    record Event(@Nullable String name, String data) implements SseItem {}

    /** A comment line, without its colon and one leading space. */
    record Comment(String text) implements SseItem {}

    /** A line with a field that is neither {@code event} nor {@code data}. */
    record Field(String name, String value) implements SseItem {}
}
