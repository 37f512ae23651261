package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.spi.Provider;
import dev.midstream.model.Draft;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What nobody takes is not read, and nobody is given more than was asked for. */
class SlowTakersHoldTheUpstreamBackTest {

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    /** Far more than sockets buffer. */
    private static final int PIECES = 14_000;

    private static final String PIECE = "x".repeat(1_000);

    private static Answer large() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            steps.add(new Step.Text(0, PIECE));
        }
        return Answer.of(steps).then(new Step.Finish(0, "stop", null), new Step.Done());
    }

    @Test
    void whoTakesOnePieceIsNotSentTheRest() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(large());
            try (EventStream stream = bench.router.stream(REQUEST)) {
                Iterator<String> texts = stream.texts().iterator();
                assertThat(texts.next()).isEqualTo(PIECE);
            }
            assertThat(bench.primary.nextExchange().awaitEnd().events()).isLessThan(PIECES);
        }
    }

    @Test
    void whoTakesAllInTheEndGetsAll() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(large());
            try (EventStream stream = bench.router.stream(REQUEST)) {
                int length = 0;
                for (String text : stream.texts()) {
                    length += text.length();
                }
                assertThat(length).isEqualTo(PIECES * PIECE.length());
            }
        }
    }

    @Test
    void aSubscriberGetsWhatItAskedForAndNoMore() throws Exception {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(Answer.text("a", "b", "c", "d"));
            AtomicInteger given = new AtomicInteger();
            CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
            CompletableFuture<Void> three = new CompletableFuture<>();
            CompletableFuture<Void> whole = new CompletableFuture<>();
            bench.router
                    .streamAsync(REQUEST)
                    .subscribe(
                            new Flow.Subscriber<StreamEvent>() {
                                @Override
                                public void onSubscribe(Flow.Subscription made) {
                                    subscribed.complete(made);
                                }

                                @Override
                                public void onNext(StreamEvent event) {
                                    if (given.incrementAndGet() == 3) {
                                        three.complete(null);
                                    }
                                }

                                @Override
                                public void onError(Throwable failure) {
                                    whole.completeExceptionally(failure);
                                }

                                @Override
                                public void onComplete() {
                                    whole.complete(null);
                                }
                            });
            assertThat(bench.primary.requests()).isEmpty();
            Flow.Subscription subscription = subscribed.get(10, TimeUnit.SECONDS);
            subscription.request(3);
            three.get(10, TimeUnit.SECONDS);
            bench.primary.nextExchange().awaitEnd();
            assertThat(given).hasValue(3);
            assertThat(whole).isNotDone();
            subscription.request(Long.MAX_VALUE);
            whole.get(10, TimeUnit.SECONDS);
            assertThat(given).hasValueGreaterThan(6);
        }
    }

    @Test
    void whoAsksForNothingIsToldSo() throws Exception {
        try (Bench bench = Bench.chat()) {
            CompletableFuture<Throwable> told = new CompletableFuture<>();
            bench.router
                    .streamAsync(REQUEST)
                    .subscribe(
                            new Flow.Subscriber<StreamEvent>() {
                                @Override
                                public void onSubscribe(Flow.Subscription made) {
                                    made.request(0);
                                }

                                @Override
                                public void onNext(StreamEvent event) {}

                                @Override
                                public void onError(Throwable failure) {
                                    told.complete(failure);
                                }

                                @Override
                                public void onComplete() {}
                            });
            assertThat(told.get(10, TimeUnit.SECONDS)).isInstanceOf(IllegalArgumentException.class);
            assertThat(bench.primary.requests()).isEmpty();
        }
    }

    /** Says a piece whenever it is asked to go on, and stops when it is told to. */
    private static final class Fountain implements Provider {

        final CompletableFuture<Integer> stoppedAfter = new CompletableFuture<>();

        @Override
        public Exchange answer(Draft draft, Target target, Answering answer) {
            Running running = new Running(answer);
            Thread.ofVirtual().start(running);
            return running;
        }

        private final class Running implements Exchange, Runnable {

            private final Answering answer;
            private volatile boolean wanted = true;

            Running(Answering answer) {
                this.answer = answer;
            }

            @Override
            public void run() {
                answer.event(StreamEvent.BlockStarted.text(0, 0));
                int said = 0;
                while (wanted && said < PIECES) {
                    answer.event(new StreamEvent.Delta(0, PIECE));
                    said++;
                }
                stoppedAfter.complete(said);
            }

            @Override
            public void reading(boolean now) {
                wanted = now;
            }

            @Override
            public void cancel() {
                wanted = false;
            }
        }
    }

    @Test
    void aProviderThatIsPluggedInIsToldToStop() throws Exception {
        Fountain fountain = new Fountain();
        try (Router router =
                        Router.builder()
                                .provider("acme", fountain)
                                .model("chat", DeploymentSettings.deployment("acme/one"))
                                .build();
                EventStream stream = router.stream(REQUEST)) {
            assertThat(stream.texts().iterator().next()).isEqualTo(PIECE);
            assertThat(fountain.stoppedAfter.get(10, TimeUnit.SECONDS)).isLessThan(PIECES);
        }
    }
}
