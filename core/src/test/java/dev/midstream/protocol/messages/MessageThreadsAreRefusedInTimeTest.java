package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midstream.model.Failure;
import dev.midstream.model.Request;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Anthropic's SDKs keep the conversation of a tool loop at the provider, and send all of it instead
 * when {@code error.details} says so (anthropic-python 2.11.0, {@code lib/threads}, and
 * &#64;anthropic-ai/sdk 1.11.0, read 2026-11).
 */
class MessageThreadsAreRefusedInTimeTest {

    private static final MessagesProtocol PROTOCOL = new MessagesProtocol();

    @Test
    void whatTheSdksActOnIsSaid() {
        InvalidRequest refused =
                catchThrowableOfType(
                        InvalidRequest.class, () -> parse(",\"thread\":{\"type\":\"create\"}"));

        byte[] body =
                PROTOCOL.error(
                        refused.status(),
                        "",
                        refused.code(),
                        refused.param(),
                        refused.getMessage());
        assertThat(new String(body, StandardCharsets.UTF_8))
                .contains("\"type\":\"invalid_request_error\"")
                .contains(
                        "\"details\":{\"error_code\":\"thread_unsupported_request\","
                                + "\"unsupported\":[\"thread\"]}");
    }

    @Test
    void noThreadIsNone() throws InvalidRequest {
        assertThat(parse(",\"thread\":null").further()).doesNotContainKey("thread");
    }

    @Test
    void aProvidersOwnDetailsArePassedOn() {
        String said =
                told(
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                                + "\"message\":\"No\",\"details\":{\"error_code\":\"x\"}}}");

        assertThat(said).contains("\"details\":{\"error_code\":\"x\"}");
    }

    @Test
    void detailsOfAnotherShapeAreNobodysDetails() {
        assertThat(told("{\"error\":{\"message\":\"No\",\"details\":[{}]}}"))
                .doesNotContain("details");
        assertThat(told("{\"error\":\"No\"}")).doesNotContain("details");
    }

    private static Request parse(String further) throws InvalidRequest {
        String body =
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Hi\"}]"
                        + further
                        + "}";
        return PROTOCOL.parse(body.getBytes(StandardCharsets.UTF_8), name -> null);
    }

    private static String told(String body) {
        var error =
                PROTOCOL.error(
                        400, Map.<String, String>of()::get, body.getBytes(StandardCharsets.UTF_8));
        var report =
                new ErrorReport(
                        400,
                        error.type(),
                        error.code(),
                        error.param(),
                        error.message(),
                        new Failure.Refused(error, false),
                        false,
                        false,
                        null,
                        false,
                        List.of());
        return new String(PROTOCOL.error(report), StandardCharsets.UTF_8);
    }
}
