package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Step.AwaitRelease;
import dev.midstream.testkit.Step.CleanEnd;
import dev.midstream.testkit.Step.Close;
import dev.midstream.testkit.Step.Cut;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Drop;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Stall;
import dev.midstream.testkit.Step.Tear;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.Torn;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesGoOnInTheBackgroundTest {

    private static final Answer WHOLE = Answer.text("Once", " upon", " a", " time");

    private final ScriptedProvider provider = ScriptedProvider.start("gpt", Dialect.responses());

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aBackgroundStreamIsQueuedFirst() {
        provider.enqueue(WHOLE);
        SseClient client = ask();
        client.awaitEnd();
        assertThat(
                        client.items().stream()
                                .limit(3)
                                .map(item -> ((SseItem.Event) item).name())
                                .toList())
                .containsExactly("response.created", "response.queued", "response.in_progress");
        ResponsesTranscript transcript = ResponsesStreamGrammar.check(client.text());
        assertThat(transcript.text()).isEqualTo("Once upon a time");
        assertThat(transcript.response().path("background").asBoolean()).isTrue();
    }

    /** Whatever was received and whatever follows it are the whole stream. */
    @Test
    void aStreamCutAfterAnyEventIsResumedWithoutALossOrARepetition() {
        String uncut = stream(WHOLE);
        int events = uncut.split("\n\n").length;
        for (int cut = 1; cut < events; cut++) {
            provider.enqueue(WHOLE.brokenAfterEvents(cut, new Cut()));
            SseClient client = ask();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.RESET);
            String resumed = ResponsesRequests.textOf(resume(idIn(client), cut - 1));
            assertThat(ResponsesStreamGrammar.check(client.text() + resumed).text())
                    .as("cut after " + cut)
                    .isEqualTo("Once upon a time");
        }
    }

    @Test
    void whatFollowsADropIsSaidToWhoResumes() {
        provider.enqueue(
                Answer.of(
                        new Text("Once"),
                        new Torn(new Text(" upon"), Tear.INSIDE_LINE),
                        new Drop(new Cut()),
                        new Text(" a time"),
                        new Finish("stop"),
                        new Done()));
        SseClient client = ask();
        assertThat(client.awaitEnd()).isEqualTo(SseClient.End.RESET);
        assertThat(client.items()).hasSize(6);

        String whole = ResponsesRequests.textOf(resume("resp_gpt-1", -1));
        assertThat(ResponsesStreamGrammar.check(whole).text()).isEqualTo("Once upon a time");
    }

    @Test
    void theSecondConnectionBreaksToo() {
        provider.enqueue(
                Answer.of(
                        new Text("Once"),
                        new Drop(new Cut()),
                        new Text(" upon"),
                        new Drop(new CleanEnd()),
                        new Text(" a time"),
                        new Finish("stop"),
                        new Done()));
        SseClient first = ask();
        first.awaitEnd();
        SseClient second = resume("resp_gpt-1", 5);
        assertThat(second.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
        assertThat(second.text()).contains("\" upon\"").doesNotContain("a time");

        String third = ResponsesRequests.textOf(resume("resp_gpt-1", 6));
        assertThat(ResponsesStreamGrammar.check(first.text() + second.text() + third).text())
                .isEqualTo("Once upon a time");
    }

    @Test
    void aResumedStreamGoesOnWhileItIsGenerated() {
        Gate gate = new Gate();
        provider.enqueue(
                Answer.of(
                        new Text("Once"),
                        new Drop(new Cut()),
                        new AwaitRelease(gate),
                        new Text(" upon"),
                        new Finish("stop"),
                        new Done()));
        SseClient first = ask();
        first.awaitEnd();
        gate.awaitReached();
        assertThat(get("/resp_gpt-1").path("status").asString()).isEqualTo("in_progress");

        SseClient second = resume("resp_gpt-1", 4);
        assertThat(second.nextEvent().data()).contains("\"Once\"");
        gate.open();
        assertThat(second.nextEvent().data()).contains("\" upon\"");
        second.awaitEnd();
        assertThat(get("/resp_gpt-1").path("status").asString()).isEqualTo("completed");
    }

    @Test
    void aGateIsReachedOnlyWhenAllBeforeItHasArrived() {
        Gate gate = new Gate();
        provider.enqueue(
                Answer.of(new Text("Once"), new AwaitRelease(gate), new Done())
                        .written(new Delivery.Joined()));
        try (SseClient client = ask()) {
            gate.awaitReached();
            for (int i = 0; i < 5; i++) {
                client.nextEvent();
            }
            assertThat(client.nextEvent().data()).contains("\"Once\"");
            gate.open();
        }
    }

    @Test
    void aGenerationThatSaysNoMoreLeavesItsListenersInSilence() {
        provider.enqueue(Answer.of(new Text("Once"), new Cut()));
        ask().awaitEnd();
        provider.nextExchange().awaitEnd();
        try (SseClient client = resume("resp_gpt-1", 4)) {
            assertThat(client.nextEvent().data()).contains("\"Once\"");
            assertThat(provider.openExchanges()).isOne();
        }
        assertThat(provider.exchanges().getLast().awaitEnd().clientLeft()).isTrue();
    }

    @Test
    void aStalledConnectionDoesNotHoldUpTheGeneration() {
        provider.enqueue(
                Answer.of(
                        new Text("Once"),
                        new Drop(new Stall()),
                        new Text(" upon"),
                        new Finish("stop"),
                        new Done()));
        try (SseClient client = ask()) {
            client.nextEvent();
            assertThat(ResponsesRequests.textOf(resume("resp_gpt-1", 5)))
                    .contains("\" upon\"")
                    .contains("response.completed");
        }
    }

    /** The faults are the first connection's as long as it lives, however slow it is. */
    @Test
    void aSecondListenerIsNotBrokenInPlaceOfTheFirst() {
        Gate gate = new Gate();
        provider.enqueue(
                Answer.of(
                        new Text("Once"),
                        new AwaitRelease(gate),
                        new Torn(new Text(" upon"), Tear.BEFORE_BLANK_LINE),
                        new Drop(new Close()),
                        new Finish("stop"),
                        new Done()));
        SseClient first = ask();
        gate.awaitReached();
        SseClient second = resume("resp_gpt-1", -1);
        second.nextEvent();
        gate.open();
        assertThat(first.awaitEnd()).isEqualTo(SseClient.End.CUT);
        assertThat(first.items()).hasSize(6);
        assertThat(ResponsesStreamGrammar.check(ResponsesRequests.textOf(second)).text())
                .isEqualTo("Once upon");
    }

    @Test
    void lookupsAreAnsweredByTheScriptBeforeTheMemory() {
        provider.enqueue(WHOLE.brokenAfterEvents(6, new Cut()));
        provider.enqueueLookups(
                Answer.error(404, "invalid_request_error", "Gone"), Answer.of(new Cut()));
        ask().awaitEnd();

        SseClient refused = resume("resp_gpt-1", 5);
        assertThat(refused.awaitHead().status()).isEqualTo(404);
        assertThat(resume("resp_gpt-1", 5).awaitEnd()).isEqualTo(SseClient.End.RESET);
        assertThat(ResponsesRequests.textOf(resume("resp_gpt-1", 5))).contains("\" upon\"");
    }

    @Test
    void resumptionsAndCancellationsAreRecorded() {
        provider.enqueue(WHOLE.brokenAfterEvents(6, new Cut()));
        ask().awaitEnd();
        ResponsesRequests.textOf(resume("resp_gpt-1", 5));
        cancel("resp_gpt-1");

        assertThat(provider.requests())
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly(
                        "POST /v1/responses",
                        "GET /v1/responses/resp_gpt-1",
                        "POST /v1/responses/resp_gpt-1/cancel");
        RecordedRequest resumption = provider.requests().get(1);
        assertThat(resumption.query("starting_after")).contains("5");
        assertThat(resumption.wantsStream()).isTrue();
    }

    @Test
    void aCancelledGenerationEndsWithoutATerminalEvent() {
        Gate gate = new Gate();
        provider.enqueue(Answer.of(new Text("Once"), new AwaitRelease(gate), new Text(" upon")));
        SseClient client = ask();
        gate.awaitReached();

        assertThat(cancel("resp_gpt-1").path("status").asString()).isEqualTo("cancelled");
        gate.open();
        assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
        assertThat(client.text()).doesNotContain("upon");
        assertThat(get("/resp_gpt-1").path("status").asString()).isEqualTo("cancelled");
    }

    @Test
    void aResponseIsPolledFor() {
        Gate gate = new Gate();
        provider.enqueue(
                Answer.of(
                        new Text("Once"), new AwaitRelease(gate), new Finish("stop"), new Done()));
        String queued =
                ResponsesRequests.textOf(
                        ResponsesRequests.ask(provider, request().put("stream", false)));
        assertThat(Json.read(queued).path("status").asString()).isEqualTo("queued");
        gate.awaitReached();
        assertThat(get("/resp_gpt-1").path("status").asString()).isEqualTo("in_progress");
        gate.open();
        long limit = System.nanoTime() + Waiting.LIMIT.toNanos();
        while (!get("/resp_gpt-1").path("status").asString().equals("completed")) {
            assertThat(System.nanoTime()).isLessThan(limit);
        }
        assertThat(get("/resp_gpt-1").at("/output/0/content/0/text").asString()).isEqualTo("Once");
    }

    @Test
    void anErrorBeforeTheAnswerBeginsNoGeneration() {
        provider.enqueue(Answer.error(503, "server_error", "Busy"), Answer.of(new Cut()));
        SseClient client = ask();
        assertThat(client.awaitHead().status()).isEqualTo(503);
        assertThat(ask().awaitEnd()).isEqualTo(SseClient.End.RESET);
        assertThat(get("/resp_gpt-1").at("/error/message").asString()).contains("not found");
    }

    @Test
    void aGenerationMayFail() {
        provider.enqueue(
                Answer.of(
                        new Text("Once"),
                        new Drop(new Cut()),
                        new InBandError(500, "server_error", "Broken")));
        ask().awaitEnd();
        assertThat(ResponsesRequests.textOf(resume("resp_gpt-1", 5)))
                .contains("event: error")
                .contains("event: response.failed");
        assertThat(get("/resp_gpt-1").path("status").asString()).isEqualTo("failed");
    }

    @Test
    void backgroundNeedsAStore() {
        SseClient client = ResponsesRequests.ask(provider, request().put("store", false));
        assertThat(client.awaitHead().status()).isEqualTo(400);
        assertThat(ResponsesRequests.textOf(client)).contains("\"param\":\"background\"");
    }

    /** A model that breaks off only loses its connection. */
    @Test
    void aModelSaysTheRestWhereverItsConnectionBroke() {
        ModelAnswer turn =
                ModelAnswer.of(
                        new ModelAnswer.ReasoningBlock("I need a file."),
                        new ModelAnswer.TextBlock("Reading it."),
                        new ModelAnswer.ToolBlock("call_1", "read", "{\"path\": \"a\"}"));
        for (int tokens = 1; tokens <= 9; tokens++) {
            ScriptedModel model = ScriptedModel.answering(turn).breaking(1, tokens, new Cut());
            try (var gpt = ScriptedProvider.start("gpt", Dialect.responses(), model)) {
                SseClient client = ResponsesRequests.ask(gpt, request());
                client.awaitEnd();
                int received = client.items().size();
                SseClient rest =
                        ResponsesRequests.get(
                                gpt, "/resp_gpt-1?stream=true&starting_after=" + (received - 1));
                ResponsesTranscript transcript =
                        ResponsesStreamGrammar.check(
                                client.text() + ResponsesRequests.textOf(rest));
                assertThat(transcript.text()).isEqualTo("Reading it.");
                assertThat(transcript.functionCalls())
                        .extracting(ResponsesTranscript.FunctionCall::arguments)
                        .isEqualTo(List.of("{\"path\": \"a\"}"));
            }
        }
    }

    private static ObjectNode request() {
        return ResponsesRequests.request("Tell me").put("background", true).put("store", true);
    }

    private SseClient ask() {
        return ResponsesRequests.ask(provider, request());
    }

    private SseClient resume(String id, int after) {
        return ResponsesRequests.get(provider, "/" + id + "?stream=true&starting_after=" + after);
    }

    private JsonNode cancel(String id) {
        SseClient client =
                SseClient.to(ResponsesRequests.url(provider, "/" + id + "/cancel")).post("");
        return Json.read(ResponsesRequests.textOf(client));
    }

    private JsonNode get(String below) {
        return Json.read(ResponsesRequests.textOf(ResponsesRequests.get(provider, below)));
    }

    private static String idIn(SseClient client) {
        SseItem.Event first = (SseItem.Event) client.items().getFirst();
        return Json.read(first.data()).at("/response/id").asString();
    }

    private String stream(Answer answer) {
        provider.enqueue(answer);
        return ResponsesRequests.textOf(ask());
    }
}
