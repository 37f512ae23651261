package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Draft;
import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.relay.Decision;
import dev.midstream.relay.DecisionPoint;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Between a failure and the next request, in whatever way the router was asked. */
class PoliciesDecideTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with a horse:"
                    + " do not change horses in midstream. He had seen it tried, and it had ended in the water.";

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    private static Bench broken(String settings, RecoveryPolicy policy) {
        Bench bench =
                new Bench(
                        Dialect.chat(),
                        "openai/one",
                        Dialect.messages(),
                        "anthropic/two",
                        settings,
                        List.of(),
                        policy);
        bench.primary.answering(ScriptedModel.answering(STORY).breaking(1, 12, new Step.Cut()));
        bench.fallback.answering(
                ScriptedModel.answering(STORY).onPrefill(new Behaviour.RefusesPrefill()));
        return bench;
    }

    @ParameterizedTest
    @EnumSource
    void whoDelegatesGetsWhatIsDocumented(Face face) {
        List<DecisionPoint> points = new CopyOnWriteArrayList<>();
        RecoveryPolicy delegating =
                (call, point) -> {
                    points.add(point);
                    return RecoveryPolicy.DOCUMENTED.decide(call, point);
                };
        try (Bench bench = broken("", delegating)) {
            assertThat(face.ask(bench.router, REQUEST).whole().text()).isEqualTo(STORY);
            DecisionPoint point = points.getFirst();
            assertThat(point.failure().cause()).isEqualTo("cut");
            assertThat(point.group()).isEqualTo("backup");
            assertThat(point.method()).isEqualTo(Method.USER_TURN);
            assertThat(point.attempts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "ASYNC"})
    void aVetoEndsInTheFirstFailure(Face face) {
        try (Bench bench = broken("", (call, point) -> new Decision.GiveUp())) {
            AnswerFailedException e = face.ask(bench.router, REQUEST).failed();
            assertThat(e.failure().cause()).isEqualTo("cut");
            assertThat(STORY).startsWith(e.text());
            assertThat(e.delivered()).isTrue();
            assertThat(bench.fallback.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAPolicyThrowsIsTheCause(Face face) {
        Exception own = new IOException("thrown on purpose");
        RecoveryPolicy throwing =
                (call, point) -> {
                    throw own;
                };
        try (Bench bench = broken("", throwing)) {
            AnswerFailedException e = face.ask(bench.router, REQUEST).failed();
            assertThat(e.getCause()).isSameAs(own);
            assertThat(e.failure().cause()).isEqualTo("cut");
            assertThat(e.getSuppressed()).containsExactly(e.attempts().getFirst().thrown());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "ASYNC"})
    void itMayContinueWhereTheSettingsWouldNot(Face face) {
        try (Bench bench = broken("mid_stream: error", (call, point) -> new Decision.Continue())) {
            assertThat(face.ask(bench.router, REQUEST).whole().text()).isEqualTo(STORY);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "ASYNC"})
    void itMayStartOver(Face face) {
        try (Bench bench = broken("", (call, point) -> new Decision.Restart())) {
            bench.fallback.answering(ScriptedModel.answering("Quite another story."));
            Face.Taken taken = face.ask(bench.router, REQUEST);
            assertThat(taken.whole().text()).isEqualTo("Quite another story.");
            assertThat(taken.events()).anyMatch(StreamEvent.Restarted.class::isInstance);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itMayRewriteWhatIsSent(Face face) {
        RecoveryPolicy rewriting =
                (call, point) -> {
                    Draft draft = point.draft();
                    List<Message> messages = new ArrayList<>(call.request().messages());
                    messages.addFirst(Message.of(Message.Role.SYSTEM, "Be brief from now on."));
                    return new Decision.ProceedWith(draft.of(draft.request().with(messages)));
                };
        try (Bench bench = broken("", rewriting)) {
            assertThat(face.ask(bench.router, REQUEST).whole().text()).isEqualTo(STORY);
            assertThat(bench.fallback.requests().getFirst().text())
                    .contains("Be brief from now on.")
                    .contains("Tell me a story");
        }
    }

    @Test
    void itMayAskSomebodyElse() {
        RecoveryPolicy same =
                (call, point) -> new Decision.Elsewhere(point.attempts().getFirst().deployment());
        try (Bench bench = broken("num_retries: 2", same)) {
            assertThat(Face.BLOCKING.ask(bench.router, REQUEST).whole().text()).isEqualTo(STORY);
            assertThat(bench.primary.requests()).hasSizeGreaterThan(1);
            assertThat(bench.fallback.requests()).isEmpty();
        }
    }

    @Test
    void thatOfACallComesBeforeTheRouters() {
        try (Bench bench = broken("", (call, point) -> new Decision.GiveUp())) {
            CallOptions options = CallOptions.NONE.policy(RecoveryPolicy.DOCUMENTED);
            assertThat(Face.BLOCKING.ask(bench.router, REQUEST, options).whole().text())
                    .isEqualTo(STORY);
        }
    }

    @Test
    void nobodyWaitsForOneThatBlocks() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
        RecoveryPolicy blocking =
                (call, point) -> {
                    asked.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.complete(e);
                        throw e;
                    }
                    return new Decision.Proceed();
                };
        Bench bench = broken("", blocking);
        EventStream stream = bench.router.stream(REQUEST);
        Iterator<StreamEvent> events = stream.iterator();
        assertThat(events.hasNext()).isTrue();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        stream.close();
        assertThatThrownBy(
                        () -> {
                            while (events.hasNext()) {
                                events.next();
                            }
                        })
                .isInstanceOf(CancelledException.class);
        assertThat(bench.fallback.requests()).isEmpty();
        bench.close();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
}
