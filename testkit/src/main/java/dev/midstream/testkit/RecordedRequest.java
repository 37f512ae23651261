package dev.midstream.testkit;

import java.net.URLDecoder;
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

    /** The value of the first parameter of that name in the query, decoded. */
    public Optional<String> query(String name) {
        int query = target.indexOf('?');
        String[] parameters = query < 0 ? new String[0] : target.substring(query + 1).split("&");
        for (String parameter : parameters) {
            String[] pair = parameter.split("=", 2);
            if (decoded(pair[0]).equals(name)) {
                return Optional.of(pair.length < 2 ? "" : decoded(pair[1]));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
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

    /** Whether the request asks for a stream: {@code stream} is true in its body or its query. */
    public boolean wantsStream() {
        return jsonOrMissing().path("stream").asBoolean(false)
                || query("stream").filter("true"::equals).isPresent();
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
