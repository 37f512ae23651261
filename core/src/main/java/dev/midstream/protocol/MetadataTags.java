package dev.midstream.protocol;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import java.nio.charset.StandardCharsets;

/**
 * {@code metadata.tags} of a request's body: a list there speaks to the router, as in LiteLLM, and
 * providers take no lists in metadata. Stateless.
 */
public final class MetadataTags {

    private static final String METADATA = "metadata";
    private static final String TAGS = "tags";

    private MetadataTags() {}

    /** Takes the list out of a body that goes to a provider, and the metadata with it if empty. */
    public static void remove(JsonSplice body) {
        Json metadata = body.value(METADATA);
        if (metadata == null
                || !metadata.text().startsWith("{")
                || !metadata.text().contains(TAGS)) {
            return;
        }
        JsonSplice inner = JsonSplice.of(metadata.text().getBytes(StandardCharsets.UTF_8));
        Json tags = inner.value(TAGS);
        if (tags == null || !tags.text().startsWith("[")) {
            return;
        }
        inner.remove(TAGS);
        if (inner.names().isEmpty()) {
            body.remove(METADATA);
        } else {
            body.set(METADATA, new String(inner.bytes(), StandardCharsets.UTF_8));
        }
    }
}
