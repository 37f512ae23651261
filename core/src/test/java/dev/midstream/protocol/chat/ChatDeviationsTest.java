package dev.midstream.protocol.chat;

import static dev.midstream.protocol.chat.ChatStreams.chunk;
import static dev.midstream.protocol.chat.ChatStreams.delta;
import static dev.midstream.protocol.chat.ChatStreams.events;
import static dev.midstream.protocol.chat.ChatStreams.finish;
import static dev.midstream.protocol.chat.ChatStreams.frames;
import static dev.midstream.protocol.chat.ChatStreams.sse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How providers report errors inside a stream that began with 200, each as its users or its source
 * show it (2026-11).
 */
class ChatDeviationsTest {

    private static final String TEXT = sse(delta("\"role\":\"assistant\",\"content\":\"a\""));

    @Test
    void openAi() {
        refused(
                sse(
                        "{\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\",\"param\":null,"
                                + "\"code\":null}}"),
                500,
                ErrorClass.SERVER_ERROR);
    }

    @Test
    void vllmWithAnIntegerCodeAndDoneBehindIt() {
        refused(
                sse(
                        "{\"error\":{\"message\":\"bad\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}}",
                        "[DONE]"),
                400,
                ErrorClass.BAD_REQUEST);
        refused(
                sse(
                        "{\"error\":{\"message\":\"x\",\"type\":\"InternalServerError\",\"code\":500}}"),
                500,
                ErrorClass.SERVER_ERROR);
    }

    @Test
    void llamaCppsFieldNamedError() {
        refused(
                "error: {\"code\":503,\"message\":\"busy\",\"type\":\"unavailable_error\"}\n\n",
                503,
                ErrorClass.OVERLOADED);
    }

    @Test
    void anEventNamedError() {
        refused(
                "event: error\ndata: {\"code\":400,\"details\":\"too bad\"}\n\ndata: [DONE]\n\n",
                400,
                ErrorClass.BAD_REQUEST);
        refused("event: error\ndata: upstream fell over\n\n", 500, ErrorClass.SERVER_ERROR);
    }

    @Test
    void openRouter() {
        refused(
                sse(
                        "{\"id\":\"c1\",\"error\":{\"code\":502,\"message\":\"Provider disconnected\",\"metadata\":{"
                                + "\"error_type\":\"provider_unavailable\"}},\"choices\":[{\"index\":0,\"delta\":{"
                                + "\"content\":\"\"},\"finish_reason\":\"error\"}]}"),
                502,
                ErrorClass.SERVER_ERROR);
        refused(
                sse(
                        chunk(
                                "{\"index\":0,\"delta\":{},\"error\":{\"code\":429,\"message\":\"slow\"},"
                                        + "\"finish_reason\":\"error\"}")),
                429,
                ErrorClass.RATE_LIMIT);
    }

    @Test
    void whatAChunkSaysBesideItsErrorIsKept() {
        List<StreamEvent> events =
                events(
                        TEXT
                                + sse(
                                        "{\"error\":{\"code\":502,\"message\":\"x\"},\"choices\":[{\"index\":0,\"delta\":{"
                                                + "\"content\":\"b\"},\"finish_reason\":\"error\"}]}"));
        assertThat(events).contains(new StreamEvent.Delta(0, "b"));
        assertThat(events.getLast()).isInstanceOf(StreamEvent.Failed.class);
    }

    @Test
    void whatAChunkSaysBesideItsErrorIsAFrameBeforeTheFailure() {
        String error = "{\"error\":{\"code\":502,\"message\":\"x\"},";
        String choice = "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},";
        List<Frame> frames = frames(TEXT + sse(error + choice + "\"finish_reason\":\"error\"}]}"));

        assertThat(events(List.of(frames.getLast())))
                .singleElement()
                .isInstanceOf(StreamEvent.Failed.class);
        assertThat(events(List.of(frames.get(frames.size() - 2))))
                .contains(new StreamEvent.Delta(0, "b"));
    }

    @Test
    void groq() {
        refused(
                sse(
                        "{\"id\":\"c1\",\"choices\":[],\"x_groq\":{\"id\":\"r\",\"error\":\"over capacity\"}}"),
                500,
                ErrorClass.SERVER_ERROR);
    }

    @Test
    void anErrorThatIsText() {
        refused(sse("{\"error\":\"Rate limit reached\"}"), 429, ErrorClass.RATE_LIMIT);
    }

    @Test
    void geminiInAnArrayOnBareLines() {
        refused(
                "[{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"overloaded\",\n    \"status\":"
                        + " \"UNAVAILABLE\"\n  }\n}\n]\n",
                503,
                ErrorClass.OVERLOADED);
    }

    @Test
    void pagesAndJsonGluedBehindTheLastEvent() {
        refused("<html><body>502 Bad Gateway</body></html>", 500, ErrorClass.SERVER_ERROR);
        refused(
                "{\"error\":{\"message\":\"x\",\"type\":\"overloaded_error\"}}",
                529,
                ErrorClass.OVERLOADED);
        refused("{\"message\":\"too many requests\"}\n", 429, ErrorClass.RATE_LIMIT);
    }

    @Test
    void errorsInPlaceOfAStream() {
        for (String body :
                List.of(
                        "{\"error\":{\"message\":\"x\",\"code\":503}}",
                        "[{\"error\":{\"message\":\"x\",\"code\":503}}]",
                        "<html>overloaded</html>")) {
            Failure failure = failure(events(body));
            assertThat(failure).isInstanceOf(Failure.Refused.class);
            assertThat(((Failure.Refused) failure).error().status()).isEqualTo(503);
        }
        assertThat(failure(events("{\"id\":1"))).isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void finishReasonsThatMeanAFailure() {
        for (String word : List.of("error", "abort")) {
            assertThat(failure(events(TEXT + sse(finish(word)))))
                    .isInstanceOf(Failure.BadEnd.class);
        }
        refused(sse(finish("insufficient_system_resource")), 503, ErrorClass.OVERLOADED);
        refused(sse(finish("network_error")), 502, ErrorClass.SERVER_ERROR);
    }

    @Test
    void whatStandsBehindAFinishedAnswerIsNoError() {
        String whole = TEXT + sse(finish("stop"));
        assertThat(events(whole + "<html>late</html>"))
                .noneMatch(event -> event instanceof StreamEvent.Failed);
        assertThat(events(whole + "data: {\"id\":"))
                .noneMatch(event -> event instanceof StreamEvent.Failed);
    }

    @Test
    void anUnfinishedEventIsDropped() {
        assertThat(events(TEXT + "data: " + finish("stop")))
                .hasSize(3)
                .noneMatch(event -> event instanceof StreamEvent.Failed);
        assertThat(events(TEXT + "data: {\"id\":\"c")).hasSize(3);
    }

    @Test
    void oneMalformedEventBetweenValidOnesIsSkipped() {
        List<StreamEvent> events =
                events(TEXT + sse("{\"id\":\"c1\",", delta("\"content\":\"b\""), finish("stop")));
        assertThat(events)
                .contains(new StreamEvent.Delta(0, "b"))
                .anyMatch(event -> event instanceof StreamEvent.Malformed)
                .noneMatch(event -> event instanceof StreamEvent.Failed);
    }

    @Test
    void twoMalformedEventsInARowAreAFailure() {
        assertThat(failure(events(TEXT + sse("x", "{\"a\":1}}", delta("\"content\":\"b\"")))))
                .isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void aMalformedEventThatNothingFollowsIsAFailure() {
        assertThat(failure(events(TEXT + sse("nonsense")))).isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void absurdNumbersAreAFailure() {
        assertThat(failure(events(sse(chunk("{\"index\":4000000,\"delta\":{\"content\":\"a\"}}")))))
                .isInstanceOf(Failure.Garbled.class);
        assertThat(failure(events("data: " + "x".repeat(17_000_000))))
                .isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void piecesOfParallelCallsMayComeInTurns() {
        String call =
                "\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"\"}}]";
        String piece = "\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":\"%s\"}}]";
        assertThat(
                        events(
                                sse(
                                        delta(call.formatted(0, "a")),
                                        delta(call.formatted(1, "b")),
                                        delta(piece.formatted(0, "{")),
                                        delta(piece.formatted(1, "{}")),
                                        delta(piece.formatted(0, "}")))))
                .containsSubsequence(
                        new StreamEvent.Delta(0, "{"),
                        new StreamEvent.Delta(1, "{}"),
                        new StreamEvent.Delta(0, "}"));
    }

    @Test
    void aPieceForACustomCallThatHasEndedIsAFailure() {
        String call =
                "\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"custom\",\"custom\":{\"name\":\"f\","
                        + "\"input\":\"free\"}}]";
        String piece = "\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"more\"}}]";
        assertThat(
                        failure(
                                events(
                                        sse(
                                                delta(call.formatted(0, "a")),
                                                delta(call.formatted(1, "b")),
                                                delta(piece)))))
                .isInstanceOf(Failure.Garbled.class);
    }

    /** After a text, the given end is one failure and nothing follows it. */
    private static void refused(String end, int status, ErrorClass errorClass) {
        List<StreamEvent> events =
                events(TEXT + end + sse("[DONE]").substring(end.endsWith("\n\n") ? 0 : 14));
        Failure failure = failure(events);
        assertThat(failure).isInstanceOf(Failure.Refused.class);
        Failure.Refused refused = (Failure.Refused) failure;
        assertThat(refused.inBand()).isTrue();
        assertThat(refused.error().status()).isEqualTo(status);
        assertThat(refused.error().errorClass()).isEqualTo(errorClass);
        assertThat(events.getLast()).isInstanceOf(StreamEvent.Failed.class);
    }

    private static Failure failure(List<StreamEvent> events) {
        return events.stream()
                .filter(event -> event instanceof StreamEvent.Failed)
                .map(event -> ((StreamEvent.Failed) event).failure())
                .findFirst()
                .orElse(null);
    }
}
