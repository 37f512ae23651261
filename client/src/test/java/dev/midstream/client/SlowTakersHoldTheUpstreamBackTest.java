package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.spi.Provider;
import dev.midstream.client.spi.Transport;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Draft;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /** Goes on until it is told that no more is wanted. */
    private abstract static class Endless
            implements Runnable, Transport.Exchange, Provider.Exchange {

        final CompletableFuture<Void> stopped = new CompletableFuture<>();
        private volatile boolean wanted = true;

        abstract void say();

        @Override
        public void run() {
            while (wanted) {
                say();
            }
        }

        @Override
        public void reading(boolean now) {
            wanted = now;
            if (!now) {
                stopped.complete(null);
            }
        }

        @Override
        public void cancel() {
            wanted = false;
        }
    }

    private static final class Spring extends Endless implements Transport {

        private static final byte[] EVENT =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n"
                        .getBytes(StandardCharsets.UTF_8);

        private Receiver receiver;

        @Override
        public Transport.Exchange send(UpstreamRequest request, Receiver told) {
            receiver = told;
            told.head(
                    200,
                    name -> name.equalsIgnoreCase("content-type") ? "text/event-stream" : null);
            Thread.ofVirtual().start(this);
            return this;
        }

        @Override
        void say() {
            receiver.bytes(EVENT);
        }

        @Override
        public void close() {}
    }

    @Test
    void whatNobodyTakesIsNotRead() throws Exception {
        Spring spring = new Spring();
        try (Router router =
                        Router.builder()
                                .transport(spring)
                                .model(
                                        "chat",
                                        DeploymentSettings.deployment("openai/one").apiKey("k"))
                                .build();
                EventStream stream = router.stream(REQUEST)) {
            assertThat(stream.texts().iterator().next()).isEqualTo("x");
            spring.stopped.get(10, TimeUnit.SECONDS);
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

    private static final class Fountain extends Endless implements Provider {

        private Answering answer;

        @Override
        public Provider.Exchange answer(Draft draft, Target target, Answering told) {
            answer = told;
            told.event(StreamEvent.BlockStarted.text(0, 0));
            Thread.ofVirtual().start(this);
            return this;
        }

        @Override
        void say() {
            answer.event(new StreamEvent.Delta(0, "x"));
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
            assertThat(stream.texts().iterator().next()).isEqualTo("x");
            fountain.stopped.get(10, TimeUnit.SECONDS);
        }
    }
}
