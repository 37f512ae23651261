package dev.midstream.cloud;

import dev.midstream.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A token and how long it is good for. Immutable. */
public record AccessToken(Secret token, Instant expires) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final int SHOWN = 200;

    /**
     * Reads a token server's answer.
     *
     * @param now when it came
     * @throws TokenRefused if there is no token in it
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-5">RFC 6749, section
     *     5</a>
     */
    public static AccessToken parse(int status, byte[] body, Instant now) throws TokenRefused {
        JsonNode json = json(body);
        String token = json.path("access_token").asString("");
        if (status != 200 || token.isEmpty()) {
            throw new TokenRefused("the token server answered " + status + reason(json));
        }
        if (token.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new TokenRefused("the token server sent a token that cannot go into a header");
        }
        long seconds =
                Math.clamp(json.path("expires_in").asLong(0), 0, Duration.ofDays(1).toSeconds());
        return new AccessToken(Secret.of(token), now.plusSeconds(seconds));
    }

    private static JsonNode json(byte[] body) {
        try {
            return MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return MAPPER.createObjectNode();
        }
    }

    private static String reason(JsonNode json) {
        String error = json.path("error").asString("");
        String description = json.path("error_description").asString("");
        String reason =
                (error + (description.isEmpty() ? "" : " (" + description + ")"))
                        .replaceAll("\\p{Cntrl}", " ");
        return reason.isEmpty() ? "" : ": " + reason.substring(0, Math.min(SHOWN, reason.length()));
    }

    /** Whether it is good for a request that begins now. */
    public boolean valid(Instant now) {
        return now.isBefore(expires);
    }

    /**
     * When to get the next one: five minutes before the end, or after half its life if that is
     * short.
     */
    public Instant renewAt(Instant received) {
        Duration life = Duration.between(received, expires);
        Duration early = life.compareTo(AHEAD.multipliedBy(2)) > 0 ? AHEAD : life.dividedBy(2);
        return expires.minus(early);
    }
}
