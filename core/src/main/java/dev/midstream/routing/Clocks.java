package dev.midstream.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time limits set at one level of the configuration (request, deployment, group, router); null
 * where that level says nothing.
 *
 * @param connect until the connection stands
 * @param firstToken until the first content, reasoning included
 * @param idle between two signs of progress
 * @param timeout LiteLLM's {@code timeout}: bounds a plain attempt, and sets the two above where
 *     nothing else does
 * @param streamTimeout LiteLLM's {@code stream_timeout}: sets {@code firstToken} and {@code idle}
 *     where these are absent
 */
public record Clocks(
        @Nullable Duration connect,
        @Nullable Duration firstToken,
        @Nullable Duration idle,
        @Nullable Duration timeout,
        @Nullable Duration streamTimeout) {

    public static final Clocks UNSET = new Clocks(null, null, null, null, null);

    /** These limits, with those of a less specific level where nothing is set here. */
    public Clocks orElse(Clocks general) {
        return new Clocks(
                connect != null ? connect : general.connect,
                firstToken != null ? firstToken : general.firstToken,
                idle != null ? idle : general.idle,
                timeout != null ? timeout : general.timeout,
                streamTimeout != null ? streamTimeout : general.streamTimeout);
    }

    /** The limits that an attempt runs by. {@code this} must be merged over all levels already. */
    public AttemptClocks resolve(boolean reasoningAsked) {
        Duration derived = streamTimeout != null ? streamTimeout : timeout;
        Duration first = firstToken != null ? firstToken : derived;
        Duration gap = idle != null ? idle : derived;
        return new AttemptClocks(
                connect != null ? connect : Duration.ofSeconds(5),
                first != null ? first : Duration.ofSeconds(reasoningAsked ? 600 : 120),
                gap != null ? gap : Duration.ofSeconds(60),
                gap != null ? gap : Duration.ofSeconds(300),
                timeout != null ? timeout : Duration.ofSeconds(600),
                reasoningAsked && firstToken == null && derived != null);
    }
}
