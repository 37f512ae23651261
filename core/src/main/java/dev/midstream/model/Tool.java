package dev.midstream.model;

import org.jspecify.annotations.Nullable;

/** Something that the model may call. */
public sealed interface Tool {

    /**
     * @param parameters a JSON schema; null where the client gave none
     */
    record Function(
            String name,
            @Nullable String description,
            @Nullable Json parameters,
            @Nullable Boolean strict,
            @Nullable Json cacheControl)
            implements Tool {
        public Function(String name, String description, Json parameters) {
            this(name, description, parameters, null, null);
        }
    }

    /**
     * A tool whose calls carry free text instead of JSON arguments (OpenAI's custom tools).
     *
     * @param format the grammar of the text in OpenAI's form, null for any text
     */
    record Custom(String name, @Nullable String description, @Nullable Json format)
            implements Tool {}

    /** A tool of the protocol's own (run by the provider): carried to the same protocol only. */
    record Native(String type, String path, Json raw) implements Tool {}
}
