package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.model.SeamGrade;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In blocking and asynchronous calls alike, and before whoever asked is told. */
class ListenersSeeWhatHappensTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with a horse:"
                    + " do not change horses in midstream. He had seen it tried, and it had ended in the water.";

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    private static final class Seen implements RouterListener {

        final List<String> events = new CopyOnWriteArrayList<>();
        final List<CallInfo> calls = new CopyOnWriteArrayList<>();

        private void add(CallInfo call, String event) {
            calls.add(call);
            events.add(event);
        }

        @Override
        public void attemptStarted(
                CallInfo call, int number, String deployment, String group, Draft draft) {
            add(call, "started " + number + " " + group + " " + draft.method().word());
        }

        @Override
        public void firstToken(CallInfo call, int number) {
            add(call, "token " + number);
        }

        @Override
        public void attemptFailed(
                CallInfo call, int number, Failure failure, @Nullable Throwable thrown) {
            add(
                    call,
                    "failed " + number + " " + failure.cause() + (thrown != null ? " thrown" : ""));
        }

        @Override
        public void cooledDown(CallInfo call, String deployment, Duration time, Failure failure) {
            add(call, "cooled " + failure.cause());
        }

        @Override
        public void continued(CallInfo call, int number, Method method, @Nullable SeamGrade seam) {
            add(call, "continued " + number + " " + method.word());
        }

        @Override
        public void ended(
                CallInfo call,
                dev.midstream.client.Answer delivered,
                @Nullable MidstreamException failure) {
            add(
                    call,
                    failure == null
                            ? "ended whole"
                            : "ended " + failure.getClass().getSimpleName());
        }
    }

    private static Bench bench(RouterListener... listeners) {
        return new Bench(
                Dialect.chat(),
                "openai/one",
                Dialect.chat(),
                "openai/two",
                "",
                List.of(listeners),
                null);
    }

    @ParameterizedTest
    @EnumSource
    void ofAnAnswerThatGoesOnElsewhere(Face face) {
        Seen seen = new Seen();
        try (Bench bench = bench(seen)) {
            bench.primary.answering(ScriptedModel.answering(STORY).breaking(1, 12, new Step.Cut()));
            bench.fallback.answering(
                    ScriptedModel.answering(STORY).onPrefill(new Behaviour.RefusesPrefill()));
            face.ask(bench.router, REQUEST).whole();
            assertThat(seen.events)
                    .containsExactly(
                            "started 1 chat original",
                            "token 1",
                            "failed 1 cut thrown",
                            "started 2 backup user_turn",
                            "token 2",
                            "continued 2 user_turn",
                            "ended whole");
            assertThat(seen.calls)
                    .extracting(CallInfo::id)
                    .containsOnly(seen.calls.getFirst().id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAnAnswerThatNobodyCanGive(Face face) {
        Seen seen = new Seen();
        try (Bench bench = bench(seen)) {
            bench.primary.enqueue(Answer.error(529, "overloaded_error", "Overloaded"));
            bench.fallback.enqueue(Answer.error(400, "invalid_request_error", "No"));
            face.ask(bench.router, REQUEST).failed();
            assertThat(seen.events)
                    .containsExactly(
                            "started 1 chat original",
                            "failed 1 overloaded",
                            "cooled overloaded",
                            "started 2 backup original",
                            "failed 2 bad_request",
                            "ended AnswerFailedException");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatThrowsHarmsNothing(Face face) {
        RouterListener throwing =
                new RouterListener() {
                    @Override
                    public void attemptStarted(
                            CallInfo call,
                            int number,
                            String deployment,
                            String group,
                            Draft draft) {
                        throw new IllegalStateException("thrown on purpose");
                    }

                    @Override
                    public void ended(
                            CallInfo call,
                            dev.midstream.client.Answer delivered,
                            @Nullable MidstreamException failure) {
                        throw new AssertionError("thrown on purpose");
                    }
                };
        Seen seen = new Seen();
        try (Bench bench = bench(throwing, seen)) {
            bench.primary.enqueue(Answer.text("Once upon a time"));
            assertThat(face.ask(bench.router, REQUEST).whole().text())
                    .isEqualTo("Once upon a time");
            assertThat(seen.events)
                    .containsExactly("started 1 chat original", "token 1", "ended whole");
        }
    }
}
