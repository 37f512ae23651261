package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.Step.AwaitRelease;
import dev.midstream.testkit.Step.Close;
import dev.midstream.testkit.Step.Comment;
import dev.midstream.testkit.Step.Cut;
import dev.midstream.testkit.Step.Stall;
import dev.midstream.testkit.Step.Text;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientOfStreamsBehavesAsToldTest {

    private static final Duration SOON = Duration.ofMillis(20);

    private final ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void handsOutItemsAsTheyCome() {
        Gate gate = new Gate();
        provider.enqueue(
                Answer.of(
                        new Comment("wait"), new AwaitRelease(gate), new Text("One"), new Stall()));

        try (var client = ask()) {
            assertThat(client.next()).isEqualTo(new SseItem.Comment("wait"));
            gate.open();
            assertThat(client.nextEvent().data()).contains("assistant");
            assertThat(client.nextEvent().data()).contains("One");
            assertThatThrownBy(() -> client.next(SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("in vain for an event after : wait");
        }
    }

    @Test
    void tellsHowTheResponseEnded() {
        provider.enqueue(
                Answer.text("One"),
                Answer.of(new Text("One"), new Close()),
                Answer.of(new Text("One"), new Cut()));

        assertThat(endOfNext()).isEqualTo(SseClient.End.CLEAN);
        assertThat(endOfNext()).isEqualTo(SseClient.End.CUT);
        assertThat(endOfNext()).isEqualTo(SseClient.End.RESET);
    }

    private SseClient.End endOfNext() {
        try (var client = ask()) {
            return client.awaitEnd();
        }
    }

    @Test
    void saysThatTheResponseEndedToWhoWaitsForMore() {
        provider.enqueue(Answer.text());

        try (var client = ask()) {
            client.awaitEnd();
            client.items().forEach(ignored -> client.next());
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(client::next)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("the response ended (CLEAN) after data:");
            }
        }
    }

    @Test
    void leavesByResetByCloseAndByHalf() {
        provider.answering(Answer.of(new Text("One"), new Stall()));

        try (var rude = ask();
                var polite = ask();
                var half = ask()) {
            rude.nextEvent();
            rude.reset();
            assertThat(rude.awaitEnd()).isEqualTo(SseClient.End.LEFT);
            polite.nextEvent();
            polite.leave();
            assertThat(polite.awaitEnd()).isEqualTo(SseClient.End.LEFT);
            half.nextEvent();
            half.halfClose();
            assertThat(half.awaitEnd()).isEqualTo(SseClient.End.CUT);
        }
        provider.awaitNoConnections();
        assertThat(provider.exchanges())
                .extracting(exchange -> exchange.awaitEnd().kind())
                .containsExactlyInAnyOrder(
                        ExchangeEnd.Kind.CLIENT_RESET,
                        ExchangeEnd.Kind.CLIENT_CLOSED,
                        ExchangeEnd.Kind.CLIENT_CLOSED);
    }

    @Test
    void readsNothingUntilItIsToldTo() {
        provider.enqueue(Answer.text("x".repeat(1_000_000)));

        try (var client =
                SseClient.to(ChatRequests.url(provider))
                        .receiveBuffer(4096)
                        .notReading()
                        .post(ChatRequests.STREAM)) {
            Exchange exchange = provider.nextExchange();
            assertThatThrownBy(() -> exchange.awaitEnd(SOON)).isInstanceOf(AssertionError.class);
            assertThat(client.body()).isEmpty();
            client.resumeReading();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(ChatStreamGrammar.check(client.body()).text()).hasSize(1_000_000);
        }
    }

    @Test
    void pausesInTheMiddleOfAStream() {
        provider.enqueue(Answer.text("One", "x".repeat(1_000_000)));

        try (var client =
                SseClient.to(ChatRequests.url(provider))
                        .receiveBuffer(4096)
                        .post(ChatRequests.STREAM)) {
            client.pauseReading();
            Exchange exchange = provider.nextExchange();
            client.resumeReading();
            client.awaitEnd();
            assertThat(exchange.awaitEnd().kind()).isEqualTo(ExchangeEnd.Kind.ANSWERED);
        }
    }

    private SseClient ask() {
        return ChatRequests.ask(provider, ChatRequests.STREAM);
    }
}
