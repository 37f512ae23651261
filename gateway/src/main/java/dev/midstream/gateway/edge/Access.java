package dev.midstream.gateway.edge;

import dev.midstream.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who may ask: whoever shows the master key, or anybody where there is none. Immutable. */
public final class Access {

    private static final List<String> PLAIN_HEADERS =
            List.of("x-api-key", "api-key", "x-litellm-api-key");
    private static final String BEARER = "bearer ";

    private final @Nullable Secret masterKey;

    public Access(@Nullable Secret masterKey) {
        this.masterKey = masterKey;
    }

    /**
     * Why a request is not let in, null if it is.
     *
     * @param header gives a request header by lower-case name, or null
     */
    @Nullable String objection(Function<String, @Nullable String> header) {
        if (masterKey == null) {
            return null;
        }
        String shown = shown(header);
        if (shown == null) {
            return "No API key was given; expected the master key as Authorization: Bearer, x-api-key or api-key";
        }
        return matches(masterKey, shown) ? null : "The API key given is not valid here";
    }

    private static @Nullable String shown(Function<String, @Nullable String> header) {
        String authorization = header.apply("authorization");
        if (authorization != null) {
            boolean bearer = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
            return authorization.substring(bearer ? BEARER.length() : 0).strip();
        }
        for (String name : PLAIN_HEADERS) {
            String value = header.apply(name);
            if (value != null) {
                return value.strip();
            }
        }
        return null;
    }

    /** Takes the same time whatever of it is right. */
    private static boolean matches(Secret key, String shown) {
        return MessageDigest.isEqual(
                key.reveal().getBytes(StandardCharsets.UTF_8),
                shown.getBytes(StandardCharsets.UTF_8));
    }
}
