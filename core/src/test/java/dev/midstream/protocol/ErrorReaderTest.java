package dev.midstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.ProviderError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Envelopes as the error references of the providers named in the methods show them (2026-11). */
class ErrorReaderTest {

    @Test
    void readsOpenAi() {
        ProviderError error =
                read(
                        429,
                        "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\",\"param\":null,"
                                + "\"code\":\"rate_limit_exceeded\"}}",
                        Map.of(
                                "retry-after",
                                "2",
                                "x-request-id",
                                "req_1",
                                "x-should-retry",
                                "false"));
        assertThat(error.errorClass()).isEqualTo(ErrorClass.RATE_LIMIT);
        assertThat(error.type()).isEqualTo("tokens");
        assertThat(error.code()).isEqualTo("rate_limit_exceeded");
        assertThat(error.message()).isEqualTo("Rate limit reached");
        assertThat(error.requestId()).isEqualTo("req_1");
        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(error.retryVeto()).isTrue();
        assertThat(error.raw().text()).startsWith("{\"message\":\"Rate limit reached\"");
    }

    @Test
    void readsAzuresInnerError() {
        ProviderError error =
                read(
                        400,
                        "{\"error\":{\"code\":\"400\",\"message\":\"filtered\",\"innererror\":{\"code\":"
                                + "\"ResponsibleAIPolicyViolation\"}}}",
                        Map.of("apim-request-id", "a1"));
        assertThat(error.errorClass()).isEqualTo(ErrorClass.CONTENT_POLICY);
        assertThat(error.requestId()).isEqualTo("a1");
        assertThat(read(401, "{\"statusCode\":401,\"message\":\"denied\"}", Map.of()).message())
                .isEqualTo("denied");
    }

    @Test
    void readsGoogleInAnArray() {
        ProviderError error =
                read(
                        429,
                        "[{\"error\":{\"code\":429,\"message\":\"Quota\",\"status\":\"RESOURCE_EXHAUSTED\","
                                + "\"details\":[{\"retryDelay\":\"17s\"}]}}]",
                        Map.of());
        assertThat(error.type()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(error.code()).isEqualTo("429");
        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(17));
        assertThat(error.errorClass()).isEqualTo(ErrorClass.RATE_LIMIT);
    }

    @Test
    void readsAnthropic() {
        ProviderError error =
                read(
                        529,
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":"
                                + "\"Overloaded\"},\"request_id\":\"req_9\"}",
                        Map.of());
        assertThat(error.errorClass()).isEqualTo(ErrorClass.OVERLOADED);
        assertThat(error.type()).isEqualTo("overloaded_error");
        assertThat(error.requestId()).isEqualTo("req_9");
    }

    @Test
    void readsOpenRoutersWrappedWords() {
        ProviderError error =
                read(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"Provider returned error\",\"metadata\":{"
                                + "\"raw\":\"prompt is too long: 9 > 8\"}}}",
                        Map.of());
        assertThat(error.errorClass()).isEqualTo(ErrorClass.CONTEXT_LENGTH);
        assertThat(error.message()).isEqualTo("Provider returned error");
    }

    @Test
    void readsWordsAndPages() {
        assertThat(read(502, "<html><title>502</title>Bad <b>Gateway</b></html>", Map.of()))
                .satisfies(
                        e -> {
                            assertThat(e.message()).isEqualTo("502 Bad Gateway");
                            assertThat(e.raw()).isNull();
                        });
        assertThat(read(500, "", Map.of()).message())
                .isEqualTo("The upstream answered with status 500 and gave no reason");
        assertThat(read(500, "{\"error\":\"boom\"}", Map.of()).message()).isEqualTo("boom");
        assertThat(read(422, "{\"detail\":[{\"msg\":\"bad\"}]}", Map.of()).message())
                .isEqualTo("[{\"msg\":\"bad\"}]");
    }

    @Test
    void numbersOfTheProviderSurvive() {
        assertThat(read(400, "{\"error\":{\"message\":\"x\",\"at\":1.10}}", Map.of()).raw().text())
                .contains("1.10");
    }

    @Test
    void longMessagesAreCut() {
        String body = "{\"error\":{\"message\":\"" + "x".repeat(50_000) + "\"}}";
        assertThat(read(500, body, Map.of()).message()).hasSize(2_001);
    }

    private static ProviderError read(int status, String body, Map<String, String> head) {
        return ErrorReader.response(status, head::get, body.getBytes(StandardCharsets.UTF_8));
    }
}
