package dev.midstream.gateway.edge;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From which pages browsers may ask, and what they are told of it. Credentials that browsers send
 * by themselves are never asked for: keys come in a header that the page sets. Immutable.
 *
 * <p><b>Source</b>: the Fetch standard, sections 3.2 and 4.8 (read 2026-11).
 *
 * @param origins in lower case; {@code *} alone for all, empty for none
 */
public record Cors(List<String> origins) {

    public static final Cors NONE = new Cors(List.of());

    private static final String ANY = "*";
    private static final String METHODS = "GET, POST, DELETE";
    private static final String EXPOSED =
            String.join(
                    ", ",
                    "x-midstream-call-id",
                    "x-midstream-model-group",
                    "x-midstream-deployment",
                    "x-midstream-attempts",
                    "x-midstream-fallbacks",
                    "x-midstream-response-cost",
                    "x-midstream-upstream-request-id",
                    "llm_provider-x-request-id",
                    "x-litellm-call-id",
                    "x-litellm-model-id",
                    "x-litellm-model-group",
                    "x-litellm-version",
                    "x-litellm-response-cost",
                    "x-litellm-response-duration-ms",
                    "x-litellm-overhead-duration-ms",
                    "x-litellm-attempted-retries",
                    "x-litellm-max-retries",
                    "x-litellm-attempted-fallbacks",
                    "x-litellm-max-fallbacks",
                    "retry-after",
                    "request-id",
                    "x-request-id",
                    "x-should-retry");

    /** How long a browser may go without asking again, in seconds. */
    private static final String MAX_AGE = "600";

    private static final int LONGEST_LIST = 4096;

    public Cors {
        origins = List.copyOf(origins);
    }

    boolean off() {
        return origins.isEmpty();
    }

    boolean allows(String origin) {
        return origins.contains(ANY) || origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** Adds to a response's headers what a page of this origin needs to read it. */
    void mark(@Nullable String origin, HttpHeaders response) {
        if (off()) {
            return;
        }
        if (!origins.contains(ANY)) {
            response.set("vary", "origin");
        }
        if (origin != null && allows(origin)) {
            response.set("access-control-allow-origin", origins.contains(ANY) ? ANY : origin);
            response.set("access-control-expose-headers", EXPOSED);
        }
    }

    /**
     * Adds what a page may ask.
     *
     * @param wanted the request headers that it wants to set, as it came
     */
    void permit(@Nullable String wanted, HttpHeaders response) {
        response.set("access-control-allow-methods", METHODS);
        response.set("access-control-max-age", MAX_AGE);
        response.add("vary", "access-control-request-headers");
        if (wanted != null && isListOfNames(wanted)) {
            response.set("access-control-allow-headers", wanted);
        }
    }

    /**
     * Whether it can be repeated: names of headers, commas and spaces (RFC 9110, section 5.6.2).
     */
    private static boolean isListOfNames(String text) {
        return text.length() <= LONGEST_LIST
                && text.chars()
                        .allMatch(c -> isLetterOrDigit(c) || "!#$%&'*+-.^_`|~, ".indexOf(c) >= 0);
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
