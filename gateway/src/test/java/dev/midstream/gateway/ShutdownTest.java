package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShutdownTest {

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aStreamThatEndsWithinTheDrainTimeEndsWhole(TransportKind transport) throws Exception {
        GatewayOptions patient = GatewayOptions.DEFAULTS;
        try (Rig rig = new Rig(transport, Rig.CONFIGURATION, patient, Duration.ofSeconds(20))) {
            Gate gate = new Gate();
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
            CompletableFuture<Void> closed = CompletableFuture.runAsync(rig.gateway::close);
            assertThat(refused(rig)).isTrue();
            gate.open();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text()).contains(" upon", "[DONE]");
            assertThat(closed).succeedsWithin(15, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aStreamThatDoesNotEndIsToldAnError(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.enqueue(Answer.of(new Step.Text("Once"), new Step.Stall()));
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

    /** Whether new connections are refused before long. */
    private static boolean refused(Rig rig) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            try {
                new Socket(rig.gateway.address().getAddress(), rig.gateway.address().getPort())
                        .close();
                LockSupport.parkNanos(10_000_000);
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }
}
