package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.ErrorReport.AttemptReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors after Anthropic's page on them (2026-11). */
class ErrorsAreAnthropicsTest {

    private static final MessagesProtocol PROTOCOL = new MessagesProtocol();

    private static ErrorReport report(int status, String type, String message, Failure first) {
        return new ErrorReport(
                status,
                type,
                "a_code",
                "a_param",
                message,
                first,
                true,
                true,
                null,
                true,
                List.of(new AttemptReport("g", status, first.cause(), "req_2")));
    }

    private static ErrorReport refused(int status, String body) {
        ProviderError error =
                ErrorReader.response(
                        status,
                        name -> name.equals("request-id") ? "req_1" : null,
                        body.getBytes(StandardCharsets.UTF_8));
        return report(
                error.status(), error.type(), error.message(), new Failure.Refused(error, true));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void theEnvelopeIsAnthropics() {
        assertThat(
                        text(
                                PROTOCOL.error(
                                        refused(
                                                529,
                                                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Over\"}}"))))
                .isEqualTo(
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Over\",\"midstream\":{"
                                + "\"delivered\":true,\"retryable\":true,\"attempts\":[{\"group\":\"g\",\"status\":529,"
                                + "\"cause\":\"overloaded\",\"upstream_request_id\":\"req_2\"}]}},\"request_id\":\"req_1\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_request_error,invalid_request_error",
        "401,invalid_request_error,authentication_error",
        "402,insufficient_funds,billing_error",
        "403,permission_denied,permission_error",
        "404,invalid_request_error,not_found_error",
        "409,x,conflict_error",
        "413,x,request_too_large",
        "422,x,invalid_request_error",
        "429,tokens,rate_limit_error",
        "500,server_error,api_error",
        "502,server_error,api_error",
        "503,server_error,overloaded_error",
        "504,x,timeout_error",
        "529,x,overloaded_error",
        "400,billing_error,billing_error"
    })
    void whoeverSpokeFirstTheTypeIsAnthropics(int status, String theirs, String ours) {
        String body =
                "{\"error\":{\"type\":\""
                        + theirs
                        + "\",\"message\":\"Their words\",\"code\":null}}";
        assertThat(text(PROTOCOL.error(refused(status, body))))
                .contains("\"type\":\"" + ours + "\",\"message\":\"Their words\"");
        assertThat(text(PROTOCOL.error(status, theirs, null, null, "Their words")))
                .isEqualTo(
                        "{\"type\":\"error\",\"error\":{\"type\":\""
                                + ours
                                + "\",\"message\":\"Their words\"}}");
    }

    @Test
    void theMemberAtFaultIsNamedOnce() {
        assertThat(text(PROTOCOL.error(400, "", null, "messages[0].role", "is odd")))
                .contains("\"message\":\"messages.0.role: is odd\"");
        assertThat(text(PROTOCOL.error(400, "", null, "model", "model: is odd")))
                .contains("\"message\":\"model: is odd\"");
    }

    @Test
    void aStreamEndsInAnErrorOnWhichAgentsAskAgain() {
        String shown =
                Showing.stream()
                        .failed(report(502, "server_error", "cut\n", new Failure.Cut(true, "cut")));
        assertThat(shown)
                .startsWith(
                        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"cut\\n\"")
                .endsWith("}\n\n")
                .doesNotContain("message_stop");
        assertThat(
                        Showing.stream()
                                .failed(
                                        refused(
                                                400,
                                                "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"no\"}}")))
                .contains("\"type\":\"invalid_request_error\"");
    }

    @Test
    void aPlainAnswerFailsAsAResponse() {
        assertThat(
                        Showing.plain()
                                .failed(
                                        report(
                                                502,
                                                "server_error",
                                                "cut",
                                                new Failure.Cut(true, "cut"))))
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"api_error\"");
    }
}
