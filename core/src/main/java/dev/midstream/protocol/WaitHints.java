package dev.midstream.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks to be left alone, in all its spellings.
 *
 * <p>In this order: {@code retry-after-ms}, {@code x-ms-retry-after-ms}, {@code retry-after}
 * (seconds, also fractional, or an HTTP date), Gemini's {@code retryDelay} in the body, {@code
 * x-ratelimit-reset-*} (durations such as {@code 6m0s}), {@code anthropic-ratelimit-*-reset} (RFC
 * 3339). The resets come with every answer, also of a quota that has plenty left: they count on a
 * 429 only, the longest of those that say they are exhausted; the shortest, where none says what
 * remains. Never negative, never above seven days.
 *
 * <p><b>Source</b>: RFC 9110 10.2.3; the rate limit pages of OpenAI, Azure, Anthropic and Google
 * (read 2026-11).
 */
public final class WaitHints {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern RETRY_DELAY =
            Pattern.compile("\"retryDelay\"\\s*:\\s*\"(\\d{1,9}(?:\\.\\d{1,9})?)s\"");
    private static final Pattern SPAN =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|µs|ns|s|m|h|d)");
    private static final List<String> OPENAI = List.of("requests", "tokens");
    private static final List<String> ANTHROPIC =
            List.of("requests", "tokens", "input-tokens", "output-tokens");

    private WaitHints() {}

    /**
     * The wait that an error's head and body ask for.
     *
     * @param status the error's, 0 if it came inside a stream
     * @param header gives a response header by lower-case name, or null
     * @param body the error's body, empty if there is none
     * @param now the wall clock, for dates: a response's own {@code date} header will do; null
     *     leaves dates out
     * @return null where the provider did not say
     */
    public static @Nullable Duration of(
            int status,
            Function<String, @Nullable String> header,
            String body,
            @Nullable Instant now) {
        Duration wait = seconds(header.apply("retry-after-ms"), 0.001);
        if (wait == null) {
            wait = seconds(header.apply("x-ms-retry-after-ms"), 0.001);
        }
        if (wait == null) {
            wait = retryAfter(header.apply("retry-after"), now);
        }
        if (wait == null) {
            wait = retryDelay(body);
        }
        return wait == null && status == 429 ? reset(header, now) : wait;
    }

    /** The wall clock of a response by its {@code date} header, null if it has none. */
    public static @Nullable Instant date(Function<String, @Nullable String> header) {
        return httpDate(header.apply("date"));
    }

    private static @Nullable Duration reset(
            Function<String, @Nullable String> header, @Nullable Instant now) {
        Reset reset = new Reset();
        for (String kind : OPENAI) {
            reset.add(
                    span(header.apply("x-ratelimit-reset-" + kind)),
                    header.apply("x-ratelimit-remaining-" + kind));
        }
        for (String kind : ANTHROPIC) {
            reset.add(
                    until(instant(header.apply("anthropic-ratelimit-" + kind + "-reset")), now),
                    header.apply("anthropic-ratelimit-" + kind + "-remaining"));
        }
        return reset.remainingTold ? reset.longestExhausted : reset.shortest;
    }

    private static @Nullable Duration retryAfter(@Nullable String value, @Nullable Instant now) {
        Duration wait = seconds(value, 1);
        return wait != null ? wait : until(httpDate(value), now);
    }

    private static @Nullable Duration retryDelay(String body) {
        Matcher delay = RETRY_DELAY.matcher(body);
        return delay.find() ? seconds(delay.group(1), 1) : null;
    }

    private static @Nullable Duration seconds(@Nullable String value, double unit) {
        if (value == null) {
            return null;
        }
        try {
            double number = Double.parseDouble(value.strip()) * unit;
            return Double.isFinite(number) ? bounded(number) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable Duration span(@Nullable String value) {
        if (value == null) {
            return null;
        }
        Matcher part = SPAN.matcher(value.strip());
        double total = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            total += Double.parseDouble(part.group(1)) * unit(part.group(2));
            end = part.end();
        }
        if (end > 0 && end == value.strip().length()) {
            return bounded(total);
        }
        return seconds(value, 1);
    }

    private static double unit(String name) {
        return switch (name) {
            case "ns" -> 1e-9;
            case "us", "µs" -> 1e-6;
            case "ms" -> 1e-3;
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 1;
        };
    }

    private static Duration bounded(double seconds) {
        return Duration.ofMillis(
                Math.round(Math.max(0, Math.min(seconds, (double) LONGEST.toSeconds())) * 1_000));
    }

    private static @Nullable Duration until(@Nullable Instant then, @Nullable Instant now) {
        return then == null || now == null
                ? null
                : bounded((then.toEpochMilli() - now.toEpochMilli()) / 1_000.0);
    }

    private static @Nullable Instant httpDate(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static @Nullable Instant instant(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.strip()).toInstant();
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    /** Which of several reset times counts. */
    private static final class Reset {
        private @Nullable Duration longestExhausted;
        private @Nullable Duration shortest;
        private boolean remainingTold;

        void add(@Nullable Duration wait, @Nullable String remaining) {
            remainingTold |= remaining != null;
            if (wait == null) {
                return;
            }
            if (remaining != null && remaining.strip().equals("0")) {
                longestExhausted = longer(longestExhausted, wait);
            }
            shortest = shortest == null || wait.compareTo(shortest) < 0 ? wait : shortest;
        }

        private static Duration longer(@Nullable Duration one, Duration other) {
            return one == null || one.compareTo(other) < 0 ? other : one;
        }
    }
}
