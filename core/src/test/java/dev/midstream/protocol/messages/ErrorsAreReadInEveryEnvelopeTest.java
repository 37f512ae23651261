package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.ProviderError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Errors before the answer: Anthropic's envelope, Google's, and what is neither (both API
 * references, read 2026-11).
 */
class ErrorsAreReadInEveryEnvelopeTest {

    @Test
    void anthropics() {
        ProviderError error =
                error(
                        429,
                        Map.of(
                                "request-id", "req_1",
                                "retry-after", "7",
                                "x-should-retry", "true"),
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":"
                                + "\"Slow down\"},\"request_id\":\"req_2\"}");

        assertThat(error.errorClass()).isEqualTo(ErrorClass.RATE_LIMIT);
        assertThat(error.type()).isEqualTo("rate_limit_error");
        assertThat(error.message()).isEqualTo("Slow down");
        assertThat(error.requestId()).isEqualTo("req_1");
        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(error.retryVeto()).isFalse();
    }

    @Test
    void aVeto() {
        assertThat(error(529, Map.of("x-should-retry", "false"), "{}").retryVeto()).isTrue();
    }

    @Test
    void googlesInAnArray() {
        ProviderError error =
                error(
                        429,
                        Map.of(),
                        "[{\"error\":{\"code\":429,\"message\":\"Resource exhausted\",\"status\":"
                                + "\"RESOURCE_EXHAUSTED\"}}]");

        assertThat(error.errorClass()).isEqualTo(ErrorClass.RATE_LIMIT);
        assertThat(error.type()).isEqualTo("RESOURCE_EXHAUSTED");
    }

    @Test
    void aRefusedPrefill() {
        ProviderError error =
                error(
                        400,
                        Map.of(),
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                                + "\"This model does not support assistant message prefill. The"
                                + " conversation must end with a user message.\"}}");

        assertThat(error.errorClass()).isEqualTo(ErrorClass.PREFILL_REFUSED);
    }

    @Test
    void aPage() {
        assertThat(error(502, Map.of(), "<html><body>Bad gateway</body></html>").message())
                .isEqualTo("Bad gateway");
    }

    private static ProviderError error(int status, Map<String, String> headers, String body) {
        return new MessagesProtocol()
                .error(status, headers::get, body.getBytes(StandardCharsets.UTF_8));
    }
}
