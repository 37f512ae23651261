package dev.midstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The spellings are those of RFC 9110 and of the providers' rate limit pages (2026-11). */
class WaitHintsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void milliseconds() {
        is(Duration.ofMillis(1500), Map.of("retry-after-ms", "1500"));
        is(Duration.ofMillis(250), Map.of("x-ms-retry-after-ms", "250", "retry-after", "9"));
    }

    @Test
    void secondsFractionsAndDates() {
        is(Duration.ofSeconds(7), Map.of("retry-after", "7"));
        is(Duration.ofMillis(500), Map.of("retry-after", "0.5"));
        is(Duration.ofSeconds(30), Map.of("retry-after", "Fri, 20 Nov 2026 10:00:30 GMT"));
        is(Duration.ZERO, Map.of("retry-after", "Fri, 20 Nov 2026 09:00:00 GMT"));
        is(Duration.ZERO, Map.of("retry-after", "-3"));
        is(Duration.ofDays(7), Map.of("retry-after", "1e300"));
    }

    @Test
    void nonsenseIsNoHint() {
        is(null, Map.of("retry-after", "soon"));
        is(null, Map.of("retry-after", "NaN"));
        is(null, Map.of());
    }

    @Test
    void geminiSaysItInTheBody() {
        assertThat(WaitHints.of(429, name -> null, "{\"retryDelay\": \"17.5s\"}", NOW))
                .isEqualTo(Duration.ofMillis(17_500));
    }

    @Test
    void resetsAreDurationsAtOpenAiAndInstantsAtAnthropic() {
        is(
                Duration.ofMinutes(6),
                Map.of(
                        "x-ratelimit-reset-requests",
                        "20ms",
                        "x-ratelimit-reset-tokens",
                        "6m0s",
                        "x-ratelimit-remaining-tokens",
                        "0"));
        is(Duration.ofMillis(20), Map.of("x-ratelimit-reset-requests", "20ms"));
        is(Duration.ofMillis(3_723_500), Map.of("x-ratelimit-reset-tokens", "1h2m3.5s"));
        is(
                Duration.ofSeconds(12),
                Map.of("anthropic-ratelimit-input-tokens-reset", "2026-11-20T10:00:12Z"));
    }

    /** OpenAI and Anthropic send the resets with every answer, whatever is left. */
    @Test
    void theResetsOfAHealthyQuotaAreNoHint() {
        is(
                null,
                Map.of(
                        "x-ratelimit-reset-requests",
                        "2m",
                        "x-ratelimit-remaining-requests",
                        "4999"));
        Map<String, String> exhausted =
                Map.of("x-ratelimit-reset-requests", "2m", "x-ratelimit-remaining-requests", "0");
        is(Duration.ofMinutes(2), exhausted);
        for (int status : new int[] {400, 500, 503, 529}) {
            assertThat(WaitHints.of(status, exhausted::get, "", NOW)).isNull();
            assertThat(WaitHints.of(status, Map.of("retry-after", "9")::get, "", NOW))
                    .isEqualTo(Duration.ofSeconds(9));
        }
    }

    @Test
    void withoutAWallClockDatesAreNoHint() {
        Map<String, String> head = Map.of("retry-after", "Fri, 20 Nov 2026 10:00:30 GMT");
        assertThat(WaitHints.of(429, head::get, "", null)).isNull();
    }

    private static void is(Duration expected, Map<String, String> head) {
        assertThat(WaitHints.of(429, head::get, "", NOW)).isEqualTo(expected);
    }
}
