package dev.midstream.protocol;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What providers call a request in the heads of their responses, for whoever asks their support.
 *
 * <p><b>Source</b>: {@code x-request-id} of OpenAI and most others, {@code request-id} of
 * Anthropic, {@code apim-request-id} of Azure, {@code x-amzn-requestid} of Amazon; each provider's
 * API reference, read 2026-09.
 */
public final class RequestIds {

    private static final List<String> HEADERS =
            List.of("x-request-id", "request-id", "apim-request-id", "x-amzn-requestid");
    private static final int LONGEST = 200;

    private RequestIds() {}

    /**
     * The id, at most 200 characters of visible ASCII; null if none is told.
     *
     * @param header gives a response header by lower-case name, or null
     */
    public static @Nullable String in(Function<String, @Nullable String> header) {
        for (String name : HEADERS) {
            String id = header.apply(name);
            if (id != null && !id.isBlank()) {
                return visible(id.strip());
            }
        }
        return null;
    }

    private static String visible(String id) {
        StringBuilder safe = new StringBuilder();
        id.chars().limit(LONGEST).forEach(c -> safe.append(c > 0x20 && c < 0x7f ? (char) c : '?'));
        return safe.toString();
    }
}
