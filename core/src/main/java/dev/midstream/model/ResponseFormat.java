package dev.midstream.model;

import org.jspecify.annotations.Nullable;

/** Which form the answer's text must have. */
public sealed interface ResponseFormat {

    record Text() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    record JsonSchema(
            String name, @Nullable String description, Json schema, @Nullable Boolean strict)
            implements ResponseFormat {}

    /** Whether the text is one JSON document. */
    default boolean structured() {
        return !(this instanceof Text);
    }
}
