package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.StreamEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What compatible servers and bad days do to a stream.
 *
 * <p>Recorded in public repositories: GitHub Copilot gives a new item id in every event; OpenAI
 * sends an {@code error} event with a nested error and {@code response.failed} behind it, where the
 * specification says a flat one; some servers send no deltas, or only the last event; keepalive
 * events and a trailing {@code [DONE]}.
 */
class ResponsesDeviateTest {

    private static String last(List<String> words) {
        return words.getLast();
    }

    private static Failure failure(UpstreamStream stream) {
        List<StreamEvent> events =
                UpstreamStream.events(stream.bytes(), Integer.MAX_VALUE).stream()
                        .filter(event -> event instanceof StreamEvent.Failed)
                        .toList();
        assertThat(events).hasSize(1);
        return ((StreamEvent.Failed) events.getFirst()).failure();
    }

    private static Failure.Refused refused(UpstreamStream stream) {
        return (Failure.Refused) failure(stream);
    }

    @Test
    void itemsAreKnownByTheirPlaceAlone() {
        UpstreamStream stream =
                UpstreamStream.opened()
                        .message(0)
                        .event(
                                "response.output_text.delta",
                                "\"item_id\":\"a\",\"output_index\":0,\"content_index\":0,"
                                        + "\"delta\":\"x\"")
                        .event(
                                "response.output_text.delta",
                                "\"item_id\":\"b\",\"output_index\":0,\"content_index\":0,"
                                        + "\"delta\":\"y\"");

        assertThat(stream.says())
                .containsExactly("opened resp_1 gpt-5", "start 0 TEXT", "delta 0 x", "delta 0 y");
    }

    @Test
    void aTextThatItsDoneEventTellsWholeIsMended() {
        UpstreamStream stream =
                UpstreamStream.opened().message(0).text(0, 0, "Hel").textDone(0, 0, "Hello");

        assertThat(stream.says())
                .containsExactly(
                        "opened resp_1 gpt-5",
                        "start 0 TEXT",
                        "delta 0 Hel",
                        "delta 0 lo",
                        "end 0");
        assertThat(stream.frames()).anyMatch(frame -> !frame.verbatim() && frame.size() == 1);
    }

    @Test
    void anItemWithoutDeltasIsToldByItsEnd() {
        assertThat(
                        UpstreamStream.opened()
                                .itemDone(
                                        0,
                                        "{\"type\":\"reasoning\",\"summary\":[{\"text\":\"a\"},"
                                                + "{\"text\":\"b\"}],\"encrypted_content\":\"e\"}")
                                .messageDone(1, "Hello")
                                .itemDone(
                                        2,
                                        "{\"type\":\"function_call\",\"call_id\":\"c\","
                                                + "\"name\":\"f\",\"arguments\":\"{}\"}")
                                .says())
                .containsExactly(
                        "opened resp_1 gpt-5",
                        "start 0 REASONING",
                        "delta 0 a",
                        "delta 0 \n\n",
                        "delta 0 b",
                        "signed openai:key-1 e",
                        "end 0",
                        "start 1 TEXT",
                        "delta 1 Hello",
                        "end 1",
                        "start 2 TOOL_CALL c f",
                        "delta 2 {}",
                        "end 2");
    }

    @Test
    void aResponseThatOnlyItsLastEventTellsIsToldByIt() {
        List<String> words =
                UpstreamStream.opened()
                        .completed("[" + UpstreamStream.messageOf("Hello") + "]")
                        .says();

        assertThat(words)
                .startsWith("opened resp_1 gpt-5", "start 0 TEXT", "delta 0 Hello", "end 0")
                .endsWith("terminated");
    }

    @Test
    void whatIsLeftOpenEndsWhenAnotherBlockStartsAndAtTheEnd() {
        assertThat(UpstreamStream.opened().text(0, 0, "a").text(1, 0, "b").completed("[]").says())
                .startsWith(
                        "opened resp_1 gpt-5",
                        "start 0 TEXT",
                        "delta 0 a",
                        "end 0",
                        "start 1 TEXT",
                        "delta 1 b",
                        "end 1",
                        "finish STOP");
    }

    @Test
    void anotherTextThanWasToldIsCountedAndWhatWasDeliveredStays() {
        assertThat(
                        UpstreamStream.opened()
                                .message(0)
                                .text(0, 0, "Hello")
                                .textDone(0, 0, "Hi")
                                .completed("[]")
                                .says())
                .anyMatch(word -> word.startsWith("Malformed"))
                .contains("end 0", "finish STOP", "terminated")
                .doesNotContain("delta 0 Hi");
    }

    @Test
    void aTextWithAHoleFails() {
        UpstreamStream stream =
                UpstreamStream.opened()
                        .message(0)
                        .text(0, 0, "Hello ")
                        .raw("data: {broken\n\n")
                        .text(0, 0, "world")
                        .textDone(0, 0, "Hello, dear world");

        assertThat(failure(stream)).isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void aSkippedEventThatWasCountedFailsTheAnswer() {
        UpstreamStream stream =
                UpstreamStream.opened()
                        .text(0, 0, "a")
                        .raw("data: {broken\n\n")
                        .lost()
                        .text(0, 0, "c");

        assertThat(failure(stream)).isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void aSkippedEventThatWasNotCountedIsOnlyCountedHere() {
        assertThat(
                        UpstreamStream.opened()
                                .text(0, 0, "a")
                                .raw("data: {broken\n\n")
                                .text(0, 0, "b")
                                .textDone(0, 0, "ab")
                                .completed("[]")
                                .says())
                .contains("delta 0 a", "delta 0 b", "end 0")
                .endsWith("terminated");
    }

    @Test
    void twoEventsInARowThatAreNotJsonFail() {
        assertThat(failure(UpstreamStream.opened().raw("data: {x\n\ndata: {y\n\n")))
                .isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void aNestedErrorAndTheFailedResponseBehindItAreOneFailure() {
        UpstreamStream stream =
                UpstreamStream.opened()
                        .event(
                                "error",
                                "\"error\":{\"type\":\"insufficient_quota\",\"code\":"
                                        + "\"insufficient_quota\",\"message\":\"No money\","
                                        + "\"param\":null}")
                        .event(
                                "response.failed",
                                "\"response\":" + UpstreamStream.response("failed", "[]", ""));

        Failure.Refused refused = refused(stream);

        assertThat(refused.inBand()).isTrue();
        assertThat(refused.error().errorClass()).isEqualTo(ErrorClass.QUOTA);
        assertThat(refused.message()).isEqualTo("No money");
    }

    @Test
    void aFlatErrorIsOneToo() {
        Failure.Refused refused =
                refused(
                        UpstreamStream.opened()
                                .event(
                                        "error",
                                        "\"code\":\"rate_limit_exceeded\",\"message\":\"Slow\","
                                                + "\"param\":null"));

        assertThat(refused.error().errorClass()).isEqualTo(ErrorClass.RATE_LIMIT);
        assertThat(refused.error().code()).isEqualTo("rate_limit_exceeded");
        assertThat(refused.message()).isEqualTo("Slow");
    }

    @Test
    void aFailedResponseTellsWhy() {
        String failed =
                UpstreamStream.response("failed", "[]", "")
                        .replace(
                                "\"error\":null",
                                "\"error\":{\"code\":\"server_is_overloaded\",\"message\":\"Full\"}");

        Failure.Refused refused =
                refused(UpstreamStream.opened().event("response.failed", "\"response\":" + failed));

        assertThat(refused.error().errorClass()).isEqualTo(ErrorClass.OVERLOADED);
        assertThat(refused.message()).isEqualTo("Full");
    }

    @Test
    void aFailedResponseWithoutAReasonFails() {
        assertThat(failure(UpstreamStream.opened().event("response.failed", "\"response\":{}")))
                .isInstanceOf(Failure.Refused.class);
    }

    @Test
    void anIncompleteResponseEndsAsItSays() {
        assertThat(incomplete("max_output_tokens")).contains("finish LENGTH", "terminated");
        assertThat(incomplete("content_filter")).contains("finish CONTENT_FILTER");
    }

    private static List<String> incomplete(String reason) {
        String details = ",\"incomplete_details\":{\"reason\":\"" + reason + "\"}";
        return UpstreamStream.opened()
                .text(0, 0, "a")
                .event(
                        "response.incomplete",
                        "\"response\":" + UpstreamStream.response("incomplete", "[]", details))
                .says();
    }

    @Test
    void aCallThatALimitCutIsNotMended() {
        String half =
                "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{\"}";
        assertThat(
                        UpstreamStream.opened()
                                .item(0, half.replace("{\"}", "\"}"))
                                .event(
                                        "response.function_call_arguments.delta",
                                        "\"output_index\":0,\"delta\":\"{\"")
                                .event(
                                        "response.incomplete",
                                        "\"response\":"
                                                + UpstreamStream.response(
                                                        "incomplete", "[" + half + "]", ""))
                                .says())
                .containsSubsequence("delta 0 {", "end 0", "finish LENGTH", "terminated");
    }

    @Test
    void aCancelledResponseIsNoAnswer() {
        assertThat(
                        failure(
                                UpstreamStream.opened()
                                        .event(
                                                "response.cancelled",
                                                "\"response\":"
                                                        + UpstreamStream.response(
                                                                "cancelled", "[]", ""))))
                .isInstanceOf(Failure.BadEnd.class);
    }

    @Test
    void signsOfLifeAndWhatNobodyKnowsSayNothing() {
        UpstreamStream stream =
                UpstreamStream.opened()
                        .event("keepalive", "\"x\":1")
                        .event("response.rate_limits.updated", "\"rate_limits\":[]")
                        .event("response.something.new", "\"delta\":\"text\"")
                        .raw(": comment\n\n");

        assertThat(stream.says()).containsExactly("opened resp_1 gpt-5");
        assertThat(stream.frames().subList(2, 6)).noneMatch(frame -> frame.extras());
    }

    @Test
    void nothingFollowsTheEnd() {
        List<String> words =
                UpstreamStream.opened()
                        .said(0, "a")
                        .completed("[]")
                        .event("response.rate_limits.updated", "\"rate_limits\":[]")
                        .text(0, 0, "more")
                        .raw("data: [DONE]\n\n")
                        .says();

        assertThat(last(words)).isEqualTo("terminated");
    }

    @Test
    void doneBeforeTheEndIsNoEnd() {
        assertThat(UpstreamStream.opened().text(0, 0, "a").raw("data: [DONE]\n\n").says())
                .endsWith("delta 0 a");
    }

    @Test
    void logProbabilitiesAreCarriedBesideTheText() {
        UpstreamStream stream =
                UpstreamStream.opened()
                        .event(
                                "response.output_text.delta",
                                UpstreamStream.at(0, 0)
                                        + ",\"logprobs\":[{\"token\":\"a\",\"top\":[1,[2]]}],"
                                        + "\"delta\":\"a\"");

        assertThat(stream.says()).endsWith("start 0 TEXT", "delta 0 a");
        assertThat(stream.frames().getLast().extras()).isTrue();
    }

    @Test
    void anErrorInPlaceOfAStreamIsRead() {
        Failure failure =
                failure(
                        new UpstreamStream()
                                .raw(
                                        "{\"error\":{\"message\":\"bad key\",\"code\":"
                                                + "\"invalid_api_key\"}}"));

        assertThat(((Failure.Refused) failure).error().errorClass())
                .isEqualTo(ErrorClass.AUTHENTICATION);
    }

    @Test
    void anErrorBehindTheLastEventIsRead() {
        assertThat(
                        refused(UpstreamStream.opened().raw("{\"error\":{\"message\":\"gone\"}}"))
                                .message())
                .isEqualTo("gone");
    }

    @Test
    void aWholeResponseInPlaceOfAStreamIsUnderstood() {
        UpstreamStream stream =
                new UpstreamStream()
                        .raw(
                                UpstreamStream.response(
                                        "completed",
                                        "[" + UpstreamStream.messageOf("Hi") + "]",
                                        ""));

        assertThat(stream.says())
                .containsExactly(
                        "opened resp_1 gpt-5",
                        "start 0 TEXT",
                        "delta 0 Hi",
                        "end 0",
                        "finish STOP",
                        "terminated");
    }

    private static String twoLines(String first, String second) {
        return "data: {" + first + ",\ndata: " + second + "}\n\n";
    }

    @Test
    void anEventOfSeveralLinesIsOne() {
        assertThat(
                        UpstreamStream.opened()
                                .raw(
                                        twoLines(
                                                "\"type\":\"response.output_text.delta\"",
                                                "\"delta\":\"a\""))
                                .says())
                .endsWith("start 0 TEXT", "delta 0 a");
    }
}
