package dev.midstream.client;

import static dev.midstream.client.DeploymentSettings.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.spi.Transport;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever is slow while it is handed something holds the upstream back as well. */
class SlowSubscribersAreNotFloodedTest {

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();
    private static final int PIECES = 700;
    private static final String PIECE = "x".repeat(20_000);

    private static final byte[] PIECE_EVENT = event("{\"content\":\"" + PIECE + "\"}", "null");

    private static byte[] event(String delta, String reason) {
        String json =
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                        + "\"choices\":[{\"index\":0,\"delta\":"
                        + delta
                        + ",\"finish_reason\":"
                        + reason
                        + "}]}\n\n";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Begins from within, so that whoever asked carries the call out; goes on as fast as it is
     * read, once it can be told to stop.
     */
    private static final class Torrent implements Transport {

        final CompletableFuture<Integer> held = new CompletableFuture<>();
        private final Semaphore wanted = new Semaphore(0);
        private volatile boolean reading = true;
        private volatile boolean cancelled;

        @Override
        public Exchange send(UpstreamRequest request, Receiver receiver) {
            receiver.head(200, Map.of("content-type", "text/event-stream")::get);
            receiver.bytes(PIECE_EVENT.clone());
            Thread pouring = Thread.ofVirtual().unstarted(() -> pour(receiver));
            return new Exchange() {
                @Override
                public void cancel() {
                    cancelled = true;
                    wanted.release();
                }

                @Override
                public void reading(boolean wants) {
                    reading = wants;
                    if (pouring.getState() == Thread.State.NEW) {
                        pouring.start();
                    } else if (wants) {
                        wanted.release();
                    }
                }
            };
        }

        private void pour(Receiver receiver) {
            for (int i = 1; i < PIECES && !cancelled; i++) {
                while (!reading && !cancelled) {
                    held.complete(i);
                    wanted.acquireUninterruptibly();
                }
                receiver.bytes(PIECE_EVENT.clone());
            }
            held.complete(PIECES);
            receiver.bytes(event("{}", "\"stop\""));
            receiver.bytes("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            receiver.complete();
        }

        @Override
        public void close() {}
    }

    @Test
    void whoBlocksInTheMiddleIsNotReadAheadFor() throws Exception {
        Torrent torrent = new Torrent();
        CountDownLatch goesOn = new CountDownLatch(1);
        CompletableFuture<Long> characters = new CompletableFuture<>();
        Flow.Subscriber<StreamEvent> blocking =
                new Flow.Subscriber<>() {
                    private long length;

                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(StreamEvent event) {
                        if (event instanceof StreamEvent.Delta delta) {
                            length += delta.text().length();
                            awaitUninterruptibly(goesOn);
                        }
                    }

                    @Override
                    public void onError(Throwable failure) {
                        characters.completeExceptionally(failure);
                    }

                    @Override
                    public void onComplete() {
                        characters.complete(length);
                    }
                };
        try (Router router =
                Router.builder()
                        .environment(Map.of())
                        .transport(torrent)
                        .model(
                                "chat",
                                deployment("openai/m").apiKey("k").baseUrl("http://localhost/v1"))
                        .build()) {
            Thread.ofVirtual().start(() -> router.streamAsync(REQUEST).subscribe(blocking));
            assertThat(torrent.held.get(20, TimeUnit.SECONDS)).isLessThan(PIECES / 4);
            goesOn.countDown();
            assertThat(characters.get(60, TimeUnit.SECONDS))
                    .isEqualTo((long) PIECES * PIECE.length());
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
