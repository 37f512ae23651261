package dev.midstream.client;

import static dev.midstream.client.DeploymentSettings.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.client.spi.Clock;
import dev.midstream.client.spi.Provider;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.relay.Decision;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call ends once and says why, whatever those do that look on, take and decide. */
class WhatUsersPlugInMayMisbehaveTest {

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    private static final Provider WHOLE =
            (draft, target, answer) -> {
                answer.event(StreamEvent.BlockStarted.text(0, 0));
                answer.event(new StreamEvent.Delta(0, "Once upon "));
                answer.event(new StreamEvent.Delta(0, "a time"));
                answer.event(new StreamEvent.BlockEnded(0, false));
                answer.event(new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null));
                answer.complete();
                return () -> {};
            };

    private static final Provider BROKEN =
            (draft, target, answer) -> {
                answer.failed(new IOException("gone"));
                return () -> {};
            };

    private static RouterBuilder builder(Provider provider) {
        return Router.builder()
                .environment(Map.of())
                .provider("acme", provider)
                .model("chat", deployment("acme/one"))
                .numRetries(0);
    }

    private static final class Ends implements RouterListener {

        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void firstToken(CallInfo call, int number) {
            told.add("token");
        }

        @Override
        public void ended(CallInfo call, Answer delivered, @Nullable MidstreamException failure) {
            told.add(failure == null ? "whole" : failure.getClass().getSimpleName());
        }
    }

    /** Wants everything, and throws when it is told the end. */
    private static final class ThrowingAtTheEnd implements Flow.Subscriber<StreamEvent> {

        int ends;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(StreamEvent event) {}

        @Override
        public void onError(Throwable failure) {
            ends++;
            throw new IllegalStateException("thrown on purpose");
        }

        @Override
        public void onComplete() {
            ends++;
            throw new IllegalStateException("thrown on purpose");
        }
    }

    @Test
    void aSubscriberThatThrowsAtTheEndOfAWholeAnswerEndsNothingTwice() {
        Ends ends = new Ends();
        ThrowingAtTheEnd subscriber = new ThrowingAtTheEnd();
        try (Router router = builder(WHOLE).listener(ends).build()) {
            router.streamAsync(REQUEST).subscribe(subscriber);
            assertThat(router.activeCalls()).isZero();
        }
        assertThat(ends.told).containsExactly("token", "whole");
        assertThat(subscriber.ends).isOne();
    }

    @Test
    void aSubscriberThatThrowsAtAFailureEndsNothingTwice() {
        Ends ends = new Ends();
        ThrowingAtTheEnd subscriber = new ThrowingAtTheEnd();
        try (Router router = builder(BROKEN).listener(ends).build()) {
            router.streamAsync(REQUEST).subscribe(subscriber);
            assertThat(router.activeCalls()).isZero();
        }
        assertThat(ends.told).containsExactly("AnswerFailedException");
        assertThat(subscriber.ends).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aListenerMayThrowWhatItDoesNotDeclare(Face face) {
        RouterListener sneaky =
                new RouterListener() {
                    @Override
                    public void firstToken(CallInfo call, int number) {
                        WhatUsersPlugInMayMisbehaveTest.<RuntimeException>sneak(
                                new IOException("thrown on purpose"));
                    }
                };
        Ends ends = new Ends();
        try (Router router = builder(WHOLE).listener(sneaky).listener(ends).build()) {
            assertThat(face.ask(router, REQUEST).whole().text()).isEqualTo("Once upon a time");
        }
        assertThat(ends.told).containsExactly("token", "whole");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    static Stream<RecoveryPolicy> decidingNothingSensible() {
        return Stream.of(
                (call, point) -> null,
                (call, point) -> new Decision.ProceedWith(null),
                (call, point) -> new Decision.Elsewhere(null));
    }

    @ParameterizedTest
    @MethodSource("decidingNothingSensible")
    void aPolicyThatDecidesNullLeavesTheFirstFailure(RecoveryPolicy policy) {
        try (Router router = builder(BROKEN).policy(policy).build()) {
            assertThatThrownBy(() -> router.complete(REQUEST))
                    .isInstanceOfSatisfying(
                            AnswerFailedException.class,
                            e -> {
                                assertThat(e.failure()).isNotInstanceOf(Failure.Internal.class);
                                assertThat(e.attempts()).hasSize(1);
                                assertThat(e).hasCauseInstanceOf(NullPointerException.class);
                            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrategyThatThrowsIsFoundAgainAsTheCause(Face face) {
        RuntimeException bug = new IllegalStateException("thrown on purpose");
        try (Router router =
                builder(WHOLE)
                        .model("chat", deployment("acme/two"))
                        .strategy(
                                (deployments, stream) -> {
                                    throw bug;
                                })
                        .build()) {
            assertThat(face.ask(router, REQUEST).failure()).hasCause(bug);
            assertThat(router.activeCalls()).isZero();
        }
    }

    /** A test's clock stands at nothing, and counts on from there. */
    @Test
    void aClockMayBeginAtNothing() {
        Clock standing =
                new Clock() {
                    @Override
                    public long nanos() {
                        return 0;
                    }

                    @Override
                    public Timer after(long nanos, Runnable task) {
                        return () -> {};
                    }

                    @Override
                    public void close() {}
                };
        Ends ends = new Ends();
        try (Router router = builder(WHOLE).clock(standing).listener(ends).build()) {
            Answer answer = router.complete(REQUEST);
            assertThat(answer.report().attempts().getFirst().firstToken()).isNotNull();
        }
        assertThat(ends.told).containsExactly("token", "whole");
    }
}
