package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.StreamEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ends of answers, good and bad.
 *
 * <p>Written from Anthropic's pages on stop reasons, errors and streaming (read 2026-11).
 */
class AnswersEndAsTheProviderSaysTest {

    private static final String BEGUN =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

            """;

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "max_tokens, LENGTH",
        "stop_sequence, STOP_SEQUENCE",
        "tool_use, TOOL_CALLS",
        "pause_turn, PAUSE",
        "refusal, REFUSAL",
        "model_context_window_exceeded, CONTEXT_WINDOW",
        "something_new, STOP"
    })
    void eachStopReasonIsAFinishReason(String stopReason, FinishReason reason) {
        List<StreamEvent> events =
                Decoding.stream(
                        BEGUN
                                + event(
                                        "message_delta",
                                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
                                                + stopReason
                                                + "\"}}"));

        assertThat(events)
                .endsWith(
                        new StreamEvent.BlockEnded(0),
                        new StreamEvent.ChoiceEnded(0, reason, null));
    }

    @Test
    void theFirstStopReasonCounts() {
        String end =
                event(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}");

        assertThat(Decoding.stream(BEGUN + end + end))
                .filteredOn(StreamEvent.ChoiceEnded.class::isInstance)
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request_error, 400, BAD_REQUEST",
        "authentication_error, 401, AUTHENTICATION",
        "billing_error, 402, QUOTA",
        "permission_error, 403, PERMISSION",
        "not_found_error, 404, NOT_FOUND",
        "conflict_error, 409, CONFLICT",
        "request_too_large, 413, TOO_LARGE",
        "rate_limit_error, 429, RATE_LIMIT",
        "api_error, 500, SERVER_ERROR",
        "timeout_error, 504, TIMEOUT",
        "overloaded_error, 529, OVERLOADED"
    })
    void eachErrorInAStreamCountsAsItsHttpTwin(String type, int status, ErrorClass errorClass) {
        String error =
                "{\"type\":\"error\",\"error\":{\"type\":\""
                        + type
                        + "\",\"message\":\"No\"},\"request_id\":\"req_1\"}";

        for (String wire : List.of(event("error", error), "data: " + error + "\n\n")) {
            Failure failure = Decoding.failure(Decoding.stream(BEGUN + wire + event("ping", "{}")));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            Failure.Refused.class,
                            refused -> {
                                assertThat(refused.inBand()).isTrue();
                                assertThat(refused.error().status()).isEqualTo(status);
                                assertThat(refused.error().errorClass()).isEqualTo(errorClass);
                                assertThat(refused.error().type()).isEqualTo(type);
                                assertThat(refused.error().message()).isEqualTo("No");
                                assertThat(refused.error().requestId()).isEqualTo("req_1");
                            });
        }
    }

    @Test
    void nothingFollowsTheTerminalEvent() {
        List<StreamEvent> events =
                Decoding.stream(
                        BEGUN
                                + event("message_stop", "{\"type\":\"message_stop\"}")
                                + event("ping", "{\"type\":\"ping\"}")
                                + ": comment\n\nnot an event\n");

        assertThat(events).endsWith(new StreamEvent.Terminated());
    }

    @Test
    void aCutIsNoEnd() {
        assertThat(
                        Decoding.stream(
                                BEGUN + "event: message_stop\ndata: {\"type\":\"message_stop\"}"))
                .endsWith(new StreamEvent.Delta(0, "Hi"));
    }

    @Test
    void anErrorGluedBehindTheLastEventCounts() {
        String glued = "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Oh\"}}";

        assertThat(Decoding.failure(Decoding.stream(BEGUN + glued)).message()).isEqualTo("Oh");
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }
}
