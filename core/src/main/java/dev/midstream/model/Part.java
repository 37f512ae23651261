package dev.midstream.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a turn. {@code path} members say where in the client's body a part stood, for errors
 * that name the place.
 */
public sealed interface Part {

    /**
     * @param cacheControl the protocol's cache marker, carried to a target that understands it
     */
    record Text(String text, @Nullable Json cacheControl) implements Part {
        public Text(String text) {
            this(text, null);
        }
    }

    /** An image by URL or inline. Exactly one of {@code url} and {@code base64} is given. */
    record Image(
            @Nullable String url,
            @Nullable String base64,
            @Nullable String mediaType,
            @Nullable String detail,
            @Nullable Json cacheControl)
            implements Part {

        public static Image at(String url) {
            return new Image(url, null, null, null, null);
        }

        /**
         * @param mediaType such as {@code image/png}
         */
        public static Image inline(String mediaType, String base64) {
            return new Image(null, base64, mediaType, null, null);
        }
    }

    /**
     * A document by URL, inline, or by the id of an uploaded file. Exactly one of the three is
     * given.
     */
    record Document(
            @Nullable String url,
            @Nullable String base64,
            @Nullable String fileId,
            @Nullable String mediaType,
            @Nullable String name,
            @Nullable Json cacheControl)
            implements Part {}

    /**
     * A call that the model made in an earlier turn. {@code arguments} is JSON text, or free text
     * of a custom tool.
     */
    record ToolCall(String id, String name, String arguments, boolean custom, @Nullable Json extra)
            implements Part {
        /** A call of a function. */
        public ToolCall(String id, String name, String arguments) {
            this(id, name, arguments, false, null);
        }
    }

    record ToolResult(String callId, List<Part> content, boolean error, @Nullable Json cacheControl)
            implements Part {
        public ToolResult {
            content = List.copyOf(content);
        }

        public ToolResult(String callId, String text) {
            this(callId, List.of(new Text(text)), false, null);
        }
    }

    /**
     * @param seal proof of origin; unsigned reasoning has none
     */
    record Reasoning(String text, @Nullable Seal seal) implements Part {}

    /** Reasoning that only its maker can read. */
    record EncryptedReasoning(Seal seal) implements Part {}

    record Refusal(String text) implements Part {}

    /**
     * Anything that the protocol knows and we do not: passed to the same protocol, refused with its
     * path otherwise.
     */
    record Unknown(String type, String path, Json raw) implements Part {}
}
