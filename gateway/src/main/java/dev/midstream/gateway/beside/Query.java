package dev.midstream.gateway.beside;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a URL; of each name the first counts. Immutable. */
public record Query(Map<String, String> values) {

    /** Reads what stands behind the question mark; what cannot be decoded is left out. */
    public static Query of(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                put(values, pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new Query(Map.copyOf(values));
    }

    private static void put(Map<String, String> values, String name, String value) {
        String plainName = decoded(name);
        String plainValue = decoded(value);
        if (plainName != null && plainValue != null) {
            values.putIfAbsent(plainName, plainValue);
        }
    }

    private static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }

    public @Nullable String first(String name) {
        return values.get(name);
    }
}
