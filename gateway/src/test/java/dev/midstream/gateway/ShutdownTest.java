package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShutdownTest {

    private static final Answer OPEN_ENDED = Answer.of(new Step.Text("Once"), new Step.Stall());

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aStreamThatEndsWithinTheDrainTimeEndsWholeAndAllIsClosed(TransportKind transport)
            throws Exception {
        try (Rig rig = patient(transport, GatewayOptions.DEFAULTS)) {
            Gate gate = new Gate();
            SseClient client = streaming(rig, gate);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(rig.gateway::close);
            awaitNotReady(rig);
            gate.open();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text()).contains(" upon", "[DONE]");
            assertThat(closed).succeedsWithin(15, TimeUnit.SECONDS);
            assertThatThrownBy(() -> rig.stream()).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void whileStreamsAreDrainedEverybodyIsToldThatTheGatewayGoes() throws Exception {
        try (Rig rig = patient(TransportKind.AUTO, GatewayOptions.DEFAULTS)) {
            Gate gate = new Gate();
            SseClient client = streaming(rig, gate);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(rig.gateway::close);
            assertThat(awaitNotReady(rig)).contains("shutting down");
            SseClient late = rig.stream();
            assertThat(late.awaitHead().status()).isEqualTo(503);
            assertThat(late.awaitHead().headers().says("connection", "close")).isTrue();
            assertThat(late.awaitHead().headers().first("retry-after")).hasValue("1");
            late.awaitEnd();
            assertThat(late.text()).contains("\"error\"", "shutting down");
            SseClient messages = rig.keep(SseClient.post(rig.at("/v1/messages"), "{}"));
            assertThat(messages.awaitHead().status()).isEqualTo(503);
            messages.awaitEnd();
            assertThat(messages.text()).startsWith("{\"type\":\"error\"");
            gate.open();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(closed).succeedsWithin(15, TimeUnit.SECONDS);
        }
    }

    @Test
    void withADelayNewCallsAreTakenThoughReadinessFails() throws Exception {
        GatewayOptions delaying = GatewayOptions.DEFAULTS.delayingShutdown(Duration.ofSeconds(20));
        try (Rig rig = patient(TransportKind.AUTO, delaying)) {
            Thread closing = Thread.ofVirtual().start(rig.gateway::close);
            awaitNotReady(rig);
            rig.primary.enqueue(Answer.text("hi"));
            SseClient client = rig.stream();
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            closing.interrupt();
            assertThat(closing.join(Duration.ofSeconds(15))).isTrue();
        }
    }

    @Test
    void withoutCallsItEndsAtOnce() throws Exception {
        try (Rig rig = patient(TransportKind.AUTO, GatewayOptions.DEFAULTS)) {
            assertThat(CompletableFuture.runAsync(rig.gateway::close))
                    .succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aStreamThatDoesNotEndIsToldAnError(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.enqueue(OPEN_ENDED);
            SseClient client = rig.stream();
            client.nextEvent();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(rig.gateway::close);
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text())
                    .contains("\"error\"", "shutting down")
                    .doesNotContain("[DONE]");
            assertThat(closed).succeedsWithin(15, TimeUnit.SECONDS);
            assertThat(rig.primary.nextExchange().awaitEnd().clientLeft()).isTrue();
            assertThat(rig.gateway.liveCalls()).isZero();
        }
    }

    private static Rig patient(TransportKind transport, GatewayOptions options) {
        return new Rig(transport, Rig.CONFIGURATION, options, Duration.ofSeconds(20));
    }

    /** A client that has the beginning of an answer; the rest comes when the gate opens. */
    private static SseClient streaming(Rig rig, Gate gate) {
        rig.primary.enqueue(
                Answer.of(
                                new Step.Text("Once"),
                                new Step.AwaitRelease(gate),
                                new Step.Text(" upon"))
                        .then(
                                Answer.completion("stop", new Step.Usage(1, 2))
                                        .toArray(Step[]::new)));
        SseClient client = rig.stream();
        client.nextEvent();
        return client;
    }

    /** What a probe is told once the end has begun. */
    private static String awaitNotReady(Rig rig) {
        for (int i = 0; i < 1000; i++) {
            try (SseClient probe = SseClient.to(rig.at("/health/readiness")).get()) {
                if (probe.awaitHead().status() == 503) {
                    probe.awaitEnd();
                    return probe.text();
                }
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("waited 10 s in vain for readiness to fail");
    }
}
