package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.client.spi.Provider;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of Reactive Streams that publishers and subscriptions have to keep, by number. */
class FlowRulesHoldTest {

    private static final int WORDS = 2_000;
    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();
    private static final String YAML =
            "model_list: [{model_name: chat, litellm_params: {model: mine/one}}]";

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Router router = Router.builder().yaml(YAML).provider("mine", provider()).build();

    /** Says everything at once, from within. */
    private Provider provider() {
        return (draft, target, answer) -> {
            asked.incrementAndGet();
            answer.event(StreamEvent.BlockStarted.text(0, 0));
            for (int i = 0; i < WORDS; i++) {
                answer.event(new StreamEvent.Delta(0, i + " "));
            }
            answer.event(new StreamEvent.BlockEnded(0));
            answer.event(new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null));
            answer.event(new StreamEvent.Terminated());
            answer.complete();
            return cancelled::incrementAndGet;
        };
    }

    @AfterEach
    void close() {
        router.close();
    }

    /** Takes everything down; does on each item what it is told to. */
    private static class Recording implements Flow.Subscriber<StreamEvent> {
        final List<String> signals = new ArrayList<>();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger overlaps = new AtomicInteger();
        final AtomicLong items = new AtomicLong();
        final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
        private final BiConsumer<Recording, StreamEvent> onItem;
        Flow.@Nullable Subscription subscription;

        Recording(BiConsumer<Recording, StreamEvent> onItem) {
            this.onItem = onItem;
        }

        private void signal(String name, Runnable what) {
            if (inside.getAndIncrement() != 0) {
                overlaps.incrementAndGet();
            }
            signals.add(name);
            what.run();
            inside.decrementAndGet();
        }

        @Override
        public void onSubscribe(Flow.Subscription made) {
            signal("subscribed", () -> subscription = made);
        }

        @Override
        public void onNext(StreamEvent item) {
            items.incrementAndGet();
            signal("item", () -> onItem.accept(this, item));
        }

        @Override
        public void onError(Throwable failure) {
            signal("failed", () -> end.complete(failure));
        }

        @Override
        public void onComplete() {
            signal("complete", () -> end.complete(null));
        }

        @Nullable Throwable await() throws Exception {
            return end.get(30, TimeUnit.SECONDS);
        }
    }

    private Recording subscribed(BiConsumer<Recording, StreamEvent> onItem) {
        Recording recording = new Recording(onItem);
        router.streamAsync(REQUEST).subscribe(recording);
        return recording;
    }

    @Test
    void rule1_01_noMoreItemsThanWereAskedFor() {
        Recording recording = subscribed((r, item) -> {});
        recording.subscription.request(3);
        recording.subscription.request(4);
        assertThat(recording.items).hasValue(7);
        assertThat(recording.end).isNotDone();
    }

    @Test
    void rule1_03_signalsAreSerialWhoeverAsks() throws Exception {
        Recording recording = subscribed((r, item) -> {});
        CountDownLatch together = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        awaitQuietly(together);
                                        for (int n = 0; n < 400; n++) {
                                            recording.subscription.request(1);
                                        }
                                    }));
        }
        together.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(recording.await()).isNull();
        assertThat(recording.overlaps).hasValue(0);
        assertThat(recording.signals).startsWith("subscribed", "item").endsWith("complete");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void rule1_05_and_1_07_oneEndAndNothingBehindIt() throws Exception {
        Recording recording = subscribed((r, item) -> {});
        recording.subscription.request(Long.MAX_VALUE);
        assertThat(recording.await()).isNull();
        recording.subscription.request(5);
        recording.subscription.cancel();
        assertThat(recording.signals.stream().filter("complete"::equals)).hasSize(1);
        assertThat(recording.signals).endsWith("complete");
        assertThat(router.activeCalls()).isZero();
    }

    @Test
    void rule1_09_nobodyCannotSubscribe() {
        Flow.Publisher<StreamEvent> publisher = router.streamAsync(REQUEST);
        assertThatThrownBy(() -> publisher.subscribe(null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void rule1_09_evenAFailureComesBehindTheSubscription() throws Exception {
        Flow.Publisher<StreamEvent> publisher = router.streamAsync(REQUEST);
        router.close();
        Recording recording = new Recording((r, item) -> {});
        publisher.subscribe(recording);
        recording.subscription.request(1);
        assertThat(recording.await()).isInstanceOf(RouterClosedException.class);
        assertThat(recording.signals).containsExactly("subscribed", "failed");
    }

    @Test
    void rule1_11_eachSubscriberHasAnAnswerOfItsOwn() {
        Flow.Publisher<StreamEvent> publisher = router.streamAsync(REQUEST);
        Recording one = new Recording((r, item) -> {});
        Recording two = new Recording((r, item) -> {});
        publisher.subscribe(one);
        publisher.subscribe(two);
        one.subscription.request(2);
        two.subscription.request(5);
        assertThat(one.items).hasValue(2);
        assertThat(two.items).hasValue(5);
        assertThat(asked).hasValue(2);
    }

    @Test
    void rule2_08_and_3_05_nothingComesOnceItIsCancelledFromWithin() {
        Recording recording =
                subscribed(
                        (r, item) -> {
                            if (r.items.get() == 10) {
                                r.subscription.cancel();
                            }
                        });
        recording.subscription.request(100);
        assertThat(recording.items).hasValue(10);
        assertThat(recording.end).isNotDone();
        assertThat(router.activeCalls()).isZero();
    }

    @Test
    void rule2_13_whoThrowsHearsNothingAnyMore() {
        Recording recording =
                subscribed(
                        (r, item) -> {
                            throw new IllegalStateException("thrown on purpose");
                        });
        recording.subscription.request(100);
        assertThat(recording.items).hasValue(1);
        assertThat(recording.end).isNotDone();
        assertThat(router.activeCalls()).isZero();
    }

    @Test
    void rule3_03_askingFromWithinDoesNotRecurse() throws Exception {
        ConcurrentLinkedQueue<Integer> depths = new ConcurrentLinkedQueue<>();
        Recording recording =
                subscribed(
                        (r, item) -> {
                            depths.add(new Throwable().getStackTrace().length);
                            r.subscription.request(1);
                        });
        recording.subscription.request(1);
        assertThat(recording.await()).isNull();
        int least = depths.stream().mapToInt(Integer::intValue).min().orElseThrow();
        assertThat(depths).allSatisfy(depth -> assertThat(depth).isLessThan(least + 60));
        assertThat(recording.overlaps).hasValue(0);
    }

    @Test
    void rule3_06_and_3_07_aCancelledSubscriptionTakesEverything() {
        Recording recording = subscribed((r, item) -> {});
        recording.subscription.cancel();
        recording.subscription.cancel();
        recording.subscription.request(3);
        recording.subscription.request(-3);
        assertThat(recording.signals).containsExactly("subscribed");
        assertThat(asked).hasValue(0);
    }

    @Test
    void rule3_09_nothingCannotBeAskedFor() throws Exception {
        Recording recording = subscribed((r, item) -> {});
        recording.subscription.request(2);
        recording.subscription.request(0);
        assertThat(recording.await())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 1 or more");
        assertThat(router.activeCalls()).isZero();
    }

    @Test
    void rule3_17_demandHasNoBound() throws Exception {
        Recording recording = subscribed((r, item) -> {});
        recording.subscription.request(Long.MAX_VALUE);
        recording.subscription.request(Long.MAX_VALUE);
        assertThat(recording.await()).isNull();
        assertThat(recording.items.get()).isGreaterThan(WORDS);
    }
}
