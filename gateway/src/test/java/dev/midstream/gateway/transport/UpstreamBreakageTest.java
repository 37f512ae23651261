package dev.midstream.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.driver.UpstreamListener;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Failure;
import dev.midstream.routing.Passage;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ExchangeEnd;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpstreamBreakageTest {

    private static final String BODY =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    /** What came, in one place. */
    private static final class Seen implements UpstreamListener {
        final CompletableFuture<Integer> status = new CompletableFuture<>();
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        final CompletableFuture<java.util.Optional<Failure>> end = new CompletableFuture<>();

        @Override
        public void head(int code, Function<String, @Nullable String> header) {
            status.complete(code);
        }

        @Override
        public void bytes(byte[] bytes, int offset, int length) {
            body.write(bytes, offset, length);
        }

        @Override
        public void ended(@Nullable Failure failure, @Nullable Throwable thrown) {
            end.complete(java.util.Optional.ofNullable(failure));
        }

        @Nullable Failure failure() {
            return end.orTimeout(10, TimeUnit.SECONDS).join().orElse(null);
        }

        String text() {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    private record Sent(UpstreamCall call, Seen seen, EventLoop loop) {}

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aHealthyAnswerComesWholeAndItsConnectionIsUsedAgain(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    provider.enqueue(Answer.text("one", "two"), Answer.text("three"));
                    Seen first = send(upstreams, loop, provider.baseUrl()).seen();
                    assertThat(first.failure()).isNull();
                    assertThat(first.text()).contains("one", "two", "[DONE]");
                    Seen second = send(upstreams, loop, provider.baseUrl()).seen();
                    assertThat(second.failure()).isNull();
                    assertThat(second.status).isCompletedWithValue(200);
                    assertThat(provider.connections()).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aResetAfterDataIsACutAfterAllThatCame(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    for (int run = 0; run < 20; run++) {
                        provider.enqueue(
                                Answer.of(
                                        new Step.Text("one"),
                                        new Step.Text("two"),
                                        new Step.Cut()));
                        Seen seen = send(upstreams, loop, provider.baseUrl()).seen();
                        assertThat(seen.failure())
                                .isInstanceOfSatisfying(
                                        Failure.Cut.class,
                                        cut -> assertThat(cut.headSeen()).isTrue());
                        assertThat(seen.text()).contains("one", "two");
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aResetBeforeTheHeadIsACutWithoutHead(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    provider.enqueue(Answer.of(new Step.Cut()));
                    assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure())
                            .isInstanceOfSatisfying(
                                    Failure.Cut.class, cut -> assertThat(cut.headSeen()).isFalse());
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aResetOfAReusedConnectionIsMadeGoodOnANewOneOnceOnly(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    Answer cut = Answer.of(new Step.Cut());
                    provider.enqueue(Answer.text("one"), cut, cut);
                    assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure()).isNull();
                    assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure())
                            .isEqualTo(
                                    new Failure.Cut(
                                            false,
                                            "The connection to the upstream broke before the answer began"));
                    assertThat(provider.requests()).hasSize(3);
                    assertThat(provider.connections()).isEqualTo(2);
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void anEndInsideTheFramingIsACut(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    provider.enqueue(Answer.of(new Step.Text("one"), new Step.Close()));
                    assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure())
                            .isInstanceOf(Failure.Cut.class);
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aRefusedConnectionIsNotConnected(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    provider.refuseConnections();
                    assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure())
                            .isInstanceOfSatisfying(
                                    Failure.NotConnected.class,
                                    failure ->
                                            assertThat(failure.reason())
                                                    .isEqualTo(
                                                            Failure.NotConnected.Reason.REFUSED));
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void whatIsNotHttpIsGarbled(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    provider.enqueue(
                            Answer.of(
                                    new Step.RawHead("SSH-2.0-OpenSSH_9.9\r\n\r\n"),
                                    new Step.Stall()));
                    assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure())
                            .isInstanceOf(Failure.Garbled.class);
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void endlessHeadersAreGarbled(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    provider.enqueue(
                            Answer.of(
                                    new Step.RawHead("HTTP/1.1 200 OK\r\n"),
                                    new Step.Endless("x-filler: aaaaaaaaaaaaaaaa\r\n")));
                    assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure())
                            .isInstanceOf(Failure.Garbled.class);
                    assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aReusedConnectionThatEndsInsideAHeadHadItsRequestRead(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    Broken at = new Broken(provider, upstreams, loop);
                    provider.enqueue(Answer.text("one"));
                    assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure()).isNull();
                    at.causes("reset", "HTTP/1.1 200 OK\r\ncontent-ty", new Step.Close());
                    assertThat(provider.requests()).hasSize(2);
                });
    }

    /** What the library's transport is held to as well: its tests name the same causes. */
    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void everyBreakHasTheCauseThatItHasInTheLibrary(TransportKind kind) {
        String head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";
        String chunked = head + "transfer-encoding: chunked\r\n\r\n";
        with(
                kind,
                (provider, upstreams, loop) -> {
                    Broken at = new Broken(provider, upstreams, loop);
                    at.causes("reset", "HTTP/1.1 200 OK\r\ncontent-ty", new Step.Close());
                    at.causes("reset", "HTTP/1.1 200 OK\r\ncontent-ty", new Step.Cut());
                    at.causes("cut", chunked, new Step.Cut());
                    at.causes("cut", chunked + "50\r\ndata: one", new Step.Close());
                    at.causes(
                            "cut", head + "content-length: 100\r\n\r\ndata: one", new Step.Close());
                    at.causes("cut", head + "\r\ndata: one\n\n", new Step.Cut());
                    at.causes("garbled", "HTTP/1.1 OK fine\r\n\r\n", new Step.Stall());
                    at.causes("garbled", chunked + "zz\r\ndata: one", new Step.Stall());
                    at.causes("garbled", head + "content-length: many\r\n\r\n", new Step.Stall());
                });
    }

    private record Broken(ScriptedProvider provider, Upstreams upstreams, EventLoop loop) {
        void causes(String cause, String sent, Step end) {
            provider.enqueue(Answer.of(new Step.RawHead(sent), end));
            assertThat(send(upstreams, loop, provider.baseUrl()).seen().failure())
                    .as(sent)
                    .isNotNull()
                    .extracting(Failure::cause)
                    .isEqualTo(cause);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aCancelledCallIsClosedAndTellsNothing(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    Gate gate = new Gate();
                    provider.enqueue(
                            Answer.of(
                                    new Step.Text("one"),
                                    new Step.AwaitRelease(gate),
                                    new Step.Text("two")));
                    Sent sent = send(upstreams, loop, provider.baseUrl());
                    gate.awaitReached();
                    sent.seen().status.orTimeout(10, TimeUnit.SECONDS).join();
                    loop.execute(sent.call()::cancel);
                    ExchangeEnd end = provider.nextExchange().awaitEnd();
                    assertThat(end.clientLeft()).isTrue();
                    assertThat(sent.seen().end).isNotDone();
                    gate.open();
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void anUpstreamThatKeepsItsSocketOpenAfterTheEndIsClosed(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    provider.enqueue(
                            Answer.of(
                                    new Step.Text("one"),
                                    new Step.Finish("stop"),
                                    new Step.Done(),
                                    new Step.Stall()));
                    Sent sent = send(upstreams, loop, provider.baseUrl());
                    sent.seen().status.orTimeout(10, TimeUnit.SECONDS).join();
                    loop.execute(() -> sent.call().endWithin(Duration.ofMillis(50)));
                    assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aPlainServerAskedForTlsIsNotConnected(TransportKind kind) {
        with(
                kind,
                (provider, upstreams, loop) -> {
                    URI tls = URI.create(provider.baseUrl().toString().replace("http:", "https:"));
                    assertThat(send(upstreams, loop, tls).seen().failure())
                            .isInstanceOfSatisfying(
                                    Failure.NotConnected.class,
                                    failure ->
                                            assertThat(failure.reason())
                                                    .isEqualTo(Failure.NotConnected.Reason.TLS));
                });
    }

    /**
     * A listener whose queue is full drops what comes: on Linux a connection then neither stands
     * nor fails.
     */
    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aBlackHoleIsGivenUpAfterTheConnectLimit(TransportKind kind) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket deaf = new ServerSocket(0, 1, loopback);
                Socket first = new Socket(loopback, deaf.getLocalPort());
                Socket second = new Socket(loopback, deaf.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            URI hole = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
            with(
                    kind,
                    (provider, upstreams, loop) ->
                            assertThat(
                                            send(upstreams, loop, hole, Duration.ofMillis(300))
                                                    .seen()
                                                    .failure())
                                    .isInstanceOfSatisfying(
                                            Failure.NotConnected.class,
                                            failure -> {
                                                assertThat(failure.reason())
                                                        .isEqualTo(
                                                                Failure.NotConnected.Reason
                                                                        .TIMEOUT);
                                                assertThat(failure.message()).contains("0.3 s");
                                            }));
        }
    }

    // --------------------------------------------------------------------------------- machinery

    private interface Body {
        void run(ScriptedProvider provider, Upstreams upstreams, EventLoop loop);
    }

    private static void with(TransportKind kind, Body body) {
        try (EventLoops loops = EventLoops.start(kind, 1);
                Upstreams upstreams = new Upstreams(loops);
                ScriptedProvider provider = ScriptedProvider.start(Dialect.chat())) {
            assertThat(loops.kind()).isEqualTo(kind);
            EventLoop loop = loops.resources().onServer(loops.prefersNative()).next();
            body.run(provider, upstreams, loop);
            CompletableFuture<Void> settled = new CompletableFuture<>();
            awaitIdle(upstreams, loop, settled);
            settled.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private static void awaitIdle(
            Upstreams upstreams, EventLoop loop, CompletableFuture<Void> settled) {
        if (upstreams.inUse() == 0) {
            settled.complete(null);
        } else if (!settled.isDone()) {
            loop.schedule(() -> awaitIdle(upstreams, loop, settled), 5, TimeUnit.MILLISECONDS);
        }
    }

    private static Sent send(Upstreams upstreams, EventLoop loop, URI base) {
        return send(upstreams, loop, base, Duration.ofSeconds(5));
    }

    private static Sent send(Upstreams upstreams, EventLoop loop, URI base, Duration connect) {
        Seen seen = new Seen();
        URI uri = URI.create(base + "/chat/completions");
        UpstreamRequest request =
                new UpstreamRequest(
                        "POST",
                        uri,
                        Map.of("content-type", "application/json"),
                        BODY.getBytes(StandardCharsets.UTF_8),
                        connect,
                        Passage.DIRECT);
        UpstreamCall call =
                CompletableFuture.supplyAsync(() -> upstreams.send(loop, request, seen), loop)
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
        return new Sent(Objects.requireNonNull(call), seen, loop);
    }
}
