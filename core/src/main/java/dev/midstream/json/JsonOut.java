package dev.midstream.json;

import dev.midstream.model.Json;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON, member by member, and sets the commas.
 *
 * <p>Nothing is checked but that: whoever opens closes. <b>Thread-safety</b>: not thread-safe.
 */
public final class JsonOut {

    private final Bytes out;
    private boolean comma;

    public JsonOut(Bytes out) {
        this.out = out;
    }

    public Bytes bytes() {
        return out;
    }

    /** Another value follows, apart from what was written before. */
    public JsonOut afresh() {
        comma = false;
        return this;
    }

    public JsonOut open(char bracket) {
        separate();
        out.write(bracket);
        comma = false;
        return this;
    }

    public JsonOut close(char bracket) {
        out.write(bracket);
        comma = true;
        return this;
    }

    public JsonOut name(String name) {
        separate();
        JsonStringWriter.write(out, name);
        out.write(':');
        comma = false;
        return this;
    }

    public JsonOut string(String text) {
        separate();
        JsonStringWriter.write(out, text);
        return this;
    }

    public JsonOut raw(String json) {
        separate();
        out.text(json);
        return this;
    }

    public JsonOut number(long value) {
        separate();
        out.number(value);
        return this;
    }

    public JsonOut member(String name, String text) {
        return name(name).string(text);
    }

    public JsonOut member(String name, long value) {
        return name(name).number(value);
    }

    public JsonOut member(String name, boolean value) {
        return name(name).raw(value ? "true" : "false");
    }

    public JsonOut member(String name, Json value) {
        return name(name).raw(value.text());
    }

    /** Writes the member, as {@code null} where there is no text. */
    public JsonOut nullable(String name, @Nullable String text) {
        return text == null ? name(name).raw("null") : member(name, text);
    }

    /** Writes the member if there is a value. Numbers and booleans only besides texts and JSON. */
    public JsonOut optional(String name, @Nullable Object value) {
        return switch (value) {
            case null -> this;
            case String text -> member(name, text);
            case Json json -> member(name, json);
            case Number number -> name(name).raw(number.toString());
            case Boolean flag -> member(name, flag.booleanValue());
            default -> throw new IllegalArgumentException("Not a JSON scalar: " + name);
        };
    }

    private void separate() {
        if (comma) {
            out.write(',');
        }
        comma = true;
    }
}
