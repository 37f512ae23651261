package dev.midstream.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.spi.Transport;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.routing.Passage;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.BlackHole;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In every phase, from any thread, as often as one likes; and nothing is told of it. */
class RequestsEndWhenTheyAreCancelledTest {

    private final ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());
    private final JdkTransport transport = new JdkTransport();

    @AfterEach
    void stop() {
        transport.close();
        provider.close();
    }

    @Test
    void beforeItIsConnected() {
        try (BlackHole hole = BlackHole.open()) {
            Asked asked = Asked.of(transport, hole.origin());
            asked.exchange().cancel();
            asked.exchange().cancel();
            transport.close();
            assertThat(asked.told().end).isNotDone();
        }
    }

    @Test
    void whileItWaits() {
        provider.enqueue(Answer.of(new Step.Stall()));
        Asked asked = Asked.of(transport, provider.baseUrl());
        var exchange = provider.nextExchange();
        asked.exchange().cancel();
        asked.exchange().cancel();
        assertThat(exchange.awaitEnd().clientLeft()).isTrue();
        assertToldNoEnd(asked);
    }

    @Test
    void inTheMiddleOfTheBody() {
        Gate gate = new Gate();
        provider.enqueue(Answer.of(new Step.Text("one"), new Step.AwaitRelease(gate)));
        Asked asked = Asked.of(transport, provider.baseUrl());
        gate.awaitReached();
        asked.told().awaitStatus();
        asked.exchange().cancel();
        asked.exchange().cancel();
        assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
        assertToldNoEnd(asked);
        gate.open();
    }

    @Test
    void inTheMiddleOfABodyThatIsNotRead() {
        provider.enqueue(endless());
        Asked asked = Asked.of(transport, provider.baseUrl());
        asked.exchange().reading(false);
        asked.told().awaitStatus();
        asked.exchange().cancel();
        assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
        assertToldNoEnd(asked);
    }

    @Test
    void fromWithinWhatIsTold() {
        for (boolean atTheHead : new boolean[] {true, false}) {
            provider.enqueue(endless());
            CompletableFuture<Transport.Exchange> exchange = new CompletableFuture<>();
            AtomicInteger after = new AtomicInteger();
            exchange.complete(
                    transport.send(
                            request(provider.baseUrl()), new Leaving(exchange, atTheHead, after)));
            assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
            assertThat(after).hasValue(0);
        }
    }

    @Test
    void afterItHasEnded() {
        provider.enqueue(Answer.text("one"), Answer.text("two"));
        Asked asked = Asked.of(transport, provider.baseUrl());
        assertThat(asked.told().failure()).isNull();
        asked.exchange().cancel();
        assertThat(Asked.of(transport, provider.baseUrl()).told().failure()).isNull();
        assertThat(asked.told().ends()).isEqualTo(1);
    }

    @Test
    void aReceiverThatThrowsIsToldThatAndNoMore() {
        provider.enqueue(endless());
        RuntimeException bug = new IllegalStateException("a bug");
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        transport.send(
                request(provider.baseUrl()),
                new Leaving(new CompletableFuture<>(), false, new AtomicInteger()) {
                    @Override
                    public void bytes(byte[] bytes) {
                        throw bug;
                    }

                    @Override
                    public void failed(Throwable thrown) {
                        told.complete(thrown);
                    }
                });
        assertThat(told.orTimeout(10, TimeUnit.SECONDS).join()).isSameAs(bug);
        assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
    }

    @Test
    void whatIsNotReadStaysUpstream() throws Exception {
        provider.enqueue(endless());
        CompletableFuture<Transport.Exchange> exchange = new CompletableFuture<>();
        AtomicInteger pieces = new AtomicInteger();
        CompletableFuture<Void> third = new CompletableFuture<>();
        CompletableFuture<Void> fourth = new CompletableFuture<>();
        exchange.complete(
                transport.send(
                        request(provider.baseUrl()),
                        new Leaving(exchange, false, new AtomicInteger()) {
                            @Override
                            public void bytes(byte[] bytes) {
                                int count = pieces.incrementAndGet();
                                if (count == 3) {
                                    exchange.join().reading(false);
                                    third.complete(null);
                                } else if (count == 4) {
                                    fourth.complete(null);
                                }
                            }
                        }));
        third.get(10, TimeUnit.SECONDS);
        assertThat(fourth.copy().orTimeout(200, TimeUnit.MILLISECONDS))
                .failsWithin(Duration.ofSeconds(5));
        assertThat(pieces).hasValue(3);
        exchange.join().reading(true);
        fourth.get(10, TimeUnit.SECONDS);
        exchange.join().cancel();
    }

    // --------------------------------------------------------------------------------- machinery

    private static Answer endless() {
        return Answer.of(
                new Step.RawHead("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"),
                new Step.Endless("data: x\n\n".repeat(1000)));
    }

    /** All that is to be told has been when the transport is closed. */
    private void assertToldNoEnd(Asked asked) {
        transport.close();
        assertThat(asked.told().end).isNotDone();
    }

    private static UpstreamRequest request(URI base) {
        return Asked.request(base, Duration.ofSeconds(5), Passage.DIRECT);
    }

    /** Cancels at the head or at the first piece, and counts what is told after that. */
    private static class Leaving implements Transport.Receiver {

        private final CompletableFuture<Transport.Exchange> exchange;
        private final boolean atTheHead;
        private final AtomicInteger after;
        private boolean left;

        Leaving(
                CompletableFuture<Transport.Exchange> exchange,
                boolean atTheHead,
                AtomicInteger after) {
            this.exchange = exchange;
            this.atTheHead = atTheHead;
            this.after = after;
        }

        @Override
        public void head(int status, Function<String, @Nullable String> header) {
            if (atTheHead) {
                leave();
            }
        }

        @Override
        public void bytes(byte[] bytes) {
            if (left) {
                after.incrementAndGet();
            } else {
                leave();
            }
        }

        @Override
        public void complete() {
            after.incrementAndGet();
        }

        @Override
        public void failed(Throwable thrown) {
            after.incrementAndGet();
        }

        private void leave() {
            left = true;
            exchange.join().cancel();
        }
    }
}
