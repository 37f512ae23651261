package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Exchange;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.time.Duration;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Isolated("measures how soon an upstream is cancelled")
class ClientDisconnectCancelsUpstreamTest {

    private static final Duration SOON = Duration.ofMillis(250);

    /** How a client goes. */
    enum Leaving {
        CLOSE {
            @Override
            void leave(SseClient client) {
                client.leave();
            }
        },
        RESET {
            @Override
            void leave(SseClient client) {
                client.reset();
            }
        },
        HALF_CLOSE {
            @Override
            void leave(SseClient client) {
                client.halfClose();
            }
        };

        abstract void leave(SseClient client);
    }

    @ParameterizedTest
    @CsvSource({
        "EPOLL,CLOSE",
        "EPOLL,RESET",
        "EPOLL,HALF_CLOSE",
        "NIO,CLOSE",
        "NIO,RESET",
        "NIO,HALF_CLOSE"
    })
    void whileTheFirstTokenIsAwaited(TransportKind transport, Leaving leaving) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.enqueue(Answer.silence());
            SseClient client = rig.stream();
            Exchange asked = rig.primary.nextExchange();
            assertCancelled(rig, client, leaving, asked);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EPOLL,CLOSE",
        "EPOLL,RESET",
        "EPOLL,HALF_CLOSE",
        "NIO,CLOSE",
        "NIO,RESET",
        "NIO,HALF_CLOSE"
    })
    void whileTheAnswerStreams(TransportKind transport, Leaving leaving) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.enqueue(Answer.text("Once").stalledAfter(1));
            SseClient client = rig.stream();
            client.nextEvent();
            assertCancelled(rig, client, leaving, rig.primary.nextExchange());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void whileAContinuationIsJoined(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.answering(
                    ScriptedModel.answering("one two three four five six seven eight nine ten")
                            .cutAfter(6));
            rig.fallback.answering(
                    ScriptedModel.answering("one two three four five six seven eight nine ten")
                            .behaving(new Behaviour.FallsSilent()));
            SseClient client = rig.stream();
            client.nextEvent();
            Exchange joining = rig.fallback.nextExchange();
            assertCancelled(rig, client, Leaving.RESET, joining);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void whileTheClientDoesNotRead(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.enqueue(Answer.of(new Step.Text("Once"), new Step.Endless(Slow.EVENT)));
            SseClient client = rig.stream();
            client.nextEvent();
            client.pauseReading();
            Exchange asked = rig.primary.nextExchange();
            assertThat(asked.ended()).failsWithin(Duration.ofMillis(500));
            assertCancelled(rig, client, Leaving.RESET, asked);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void beforeThePlainAnswerIsAssembled(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            Gate gate = new Gate();
            rig.primary.enqueue(Answer.of(new Step.Text("Once"), new Step.AwaitRelease(gate)));
            SseClient client = rig.ask(Rig.request("primary", false));
            gate.awaitReached();
            assertCancelled(rig, client, Leaving.CLOSE, rig.primary.nextExchange());
            gate.open();
        }
    }

    private static void assertCancelled(Rig rig, SseClient client, Leaving leaving, Exchange asked)
            throws InterruptedException {
        long left = System.nanoTime();
        leaving.leave(client);
        var end = asked.awaitEnd();
        assertThat(end.clientLeft()).isTrue();
        assertThat(Duration.ofNanos(end.atNanos() - left)).isLessThan(SOON);
        assertThat(rig.nextLogLine()).contains("\"outcome\":\"client_gone\"");
        rig.awaitIdle();
        assertThat(rig.fallback.openExchanges()).isZero();
    }
}
