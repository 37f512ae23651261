package dev.midstream.model;

import java.util.Objects;

/**
 * A JSON value as it was written: number spellings, member order and unknown members survive.
 *
 * <p>Immutable. Whoever needs its structure parses it; nobody needs it on the per-token path.
 *
 * @param text one syntactically valid JSON value
 */
public record Json(String text) {

    public static final Json EMPTY_OBJECT = new Json("{}");

    public Json {
        Objects.requireNonNull(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
