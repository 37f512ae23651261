package dev.midstream.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request as a provider received it.
 *
 * <p>Immutable; the body's bytes are shared, not copied.
 *
 * @param number the place among the requests of its provider, from 1
 * @param connection the place of its connection among those of its provider, from 1
 * @param target path and query, as sent
 * @param arrivedNanos {@link System#nanoTime()} when its last byte had been read
 */
public record RecordedRequest(
        int number,
        int connection,
        String method,
        String target,
        Headers headers,
        byte[] body,
        long arrivedNanos) {

    /** The target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON; a missing node for an empty body.
     *
     * @throws AssertionError if the body is not JSON
     */
    public JsonNode json() {
        try {
            return Json.read(body);
        } catch (JacksonException e) {
            throw new AssertionError("the body is not JSON: " + text(), e);
        }
    }

    /** The body as JSON, or a missing node for a body that is none. */
    JsonNode jsonOrMissing() {
        try {
            return Json.read(body);
        } catch (JacksonException e) {
            return Json.missing();
        }
    }

    /** Whether the body asks for a stream by {@code "stream": true}. */
    public boolean wantsStream() {
        return jsonOrMissing().path("stream").asBoolean(false);
    }

    /**
     * The credential, wherever the protocol puts it: Bearer, {@code x-api-key}, {@code api-key}.
     */
    public Optional<String> credential() {
        return headers.first("authorization")
                .map(value -> value.replaceFirst("(?i)^Bearer ", ""))
                .or(() -> headers.first("x-api-key"))
                .or(() -> headers.first("api-key"));
    }

    @Override
    public String toString() {
        return "#" + number + " " + method + " " + target + " " + text();
    }
}
