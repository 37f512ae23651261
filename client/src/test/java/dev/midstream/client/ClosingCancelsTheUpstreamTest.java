package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClosingCancelsTheUpstreamTest {

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    private final Gate gate = new Gate();

    private Answer waiting() {
        return Answer.of(
                new Step.Text(0, "Once "), new Step.AwaitRelease(gate), new Step.Text(0, "upon"));
    }

    @Test
    void inTheMiddleOfTheText() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(waiting());
            EventStream stream = bench.router.stream(REQUEST);
            Iterator<String> texts = stream.texts().iterator();
            assertThat(texts.next()).isEqualTo("Once ");
            stream.close();
            stream.close();
            assertThat(bench.primary.nextExchange().awaitEnd().clientLeft()).isTrue();
            assertThatThrownBy(texts::next).isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void beforeAnythingHasCome() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(Answer.of(new Step.AwaitRelease(gate)));
            EventStream stream = bench.router.stream(REQUEST);
            gate.awaitReached();
            stream.close();
            assertThat(bench.primary.nextExchange().awaitEnd().clientLeft()).isTrue();
            assertThat(bench.fallback.requests()).isEmpty();
        }
    }

    @Test
    void whileAnotherThreadWaits() throws Exception {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(waiting());
            EventStream stream = bench.router.stream(REQUEST);
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            Thread taker =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            stream.forEach(event -> {});
                                        } catch (MidstreamException e) {
                                            seen.complete(e);
                                        }
                                    });
            gate.awaitReached();
            stream.close();
            assertThat(seen.get(10, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
            taker.join();
            assertThat(bench.primary.nextExchange().awaitEnd().clientLeft()).isTrue();
        }
    }

    @Test
    void anInterruptIsHonoured() throws Exception {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(waiting());
            EventStream stream = bench.router.stream(REQUEST);
            CompletableFuture<MidstreamException> seen = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread taker =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            stream.forEach(event -> {});
                                        } catch (MidstreamException e) {
                                            flag.complete(Thread.currentThread().isInterrupted());
                                            seen.complete(e);
                                        }
                                    });
            gate.awaitReached();
            taker.interrupt();
            assertThat(seen.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(CancelledException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(bench.primary.nextExchange().awaitEnd().clientLeft()).isTrue();
        }
    }

    @Test
    void anInterruptOfWhoeverWaitsForTheWholeAnswerIsHonoured() throws Exception {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(waiting());
            CompletableFuture<MidstreamException> seen = new CompletableFuture<>();
            Thread taker =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            bench.router.complete(REQUEST);
                                        } catch (MidstreamException e) {
                                            seen.complete(e);
                                        }
                                    });
            gate.awaitReached();
            taker.interrupt();
            assertThat(seen.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(CancelledException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(bench.primary.nextExchange().awaitEnd().clientLeft()).isTrue();
        }
    }

    @Test
    void byTheSubscription() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(waiting());
            List<StreamEvent> seen = new ArrayList<>();
            AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
            bench.router
                    .streamAsync(REQUEST)
                    .subscribe(
                            new Flow.Subscriber<>() {
                                @Override
                                public void onSubscribe(Flow.Subscription made) {
                                    subscription.set(made);
                                    made.request(Long.MAX_VALUE);
                                }

                                @Override
                                public void onNext(StreamEvent event) {
                                    seen.add(event);
                                    if (event instanceof StreamEvent.Delta) {
                                        subscription.get().cancel();
                                    }
                                }

                                @Override
                                public void onError(Throwable failure) {
                                    throw new AssertionError(failure);
                                }

                                @Override
                                public void onComplete() {
                                    throw new AssertionError("cancelled answers do not end");
                                }
                            });
            assertThat(bench.primary.nextExchange().awaitEnd().clientLeft()).isTrue();
            assertThat(seen.getLast()).isInstanceOf(StreamEvent.Delta.class);
        }
    }

    @Test
    void byTheFuture() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(waiting());
            CompletableFuture<dev.midstream.client.Answer> future =
                    bench.router.completeAsync(REQUEST);
            gate.awaitReached();
            future.cancel(false);
            assertThat(bench.primary.nextExchange().awaitEnd().clientLeft()).isTrue();
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aClosedRouterEndsWhatRuns() {
        Bench bench = Bench.chat();
        bench.primary.enqueue(waiting());
        EventStream stream = bench.router.stream(REQUEST);
        Iterator<String> texts = stream.texts().iterator();
        assertThat(texts.next()).isEqualTo("Once ");
        bench.router.close();
        bench.router.close();
        assertThatThrownBy(texts::next).isInstanceOf(RouterClosedException.class);
        assertThatThrownBy(() -> bench.router.stream(REQUEST))
                .isInstanceOf(RouterClosedException.class);
        assertThat(bench.router.activeCalls()).isZero();
        bench.close();
    }
}
