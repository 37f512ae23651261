package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.Delivery.Framing;
import dev.midstream.testkit.Step.AwaitRelease;
import dev.midstream.testkit.Step.CleanEnd;
import dev.midstream.testkit.Step.Close;
import dev.midstream.testkit.Step.Cut;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Ending;
import dev.midstream.testkit.Step.Endless;
import dev.midstream.testkit.Step.Head;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.RawHead;
import dev.midstream.testkit.Step.Stall;
import dev.midstream.testkit.Step.Tear;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.Torn;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsHappenWhereTheScriptSaysTest {

    private final ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @EnumSource
    void resetsTheConnectionAfterTheLastDelta(Framing framing) {
        provider.enqueue(Answer.of(new Text("Once"), new Cut()).framed(framing));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.RESET);
            assertThat(client.text()).endsWith("\n\n").contains("\"Once\"");
        }
        assertThat(end()).isEqualTo(ExchangeEnd.Kind.BROKEN);
    }

    @ParameterizedTest
    @EnumSource
    void closesTheConnectionInTheMiddleOfTheFraming(Framing framing) {
        provider.enqueue(Answer.of(new Text("Once"), new Close()).framed(framing));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            assertThat(client.awaitEnd())
                    .isEqualTo(
                            framing == Framing.UNTIL_CLOSE
                                    ? SseClient.End.CLEAN
                                    : SseClient.End.CUT);
            assertThat(client.text()).contains("\"Once\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsCleanlyWithoutATerminalEvent(Framing framing) {
        provider.enqueue(Answer.of(new Text("Once"), new CleanEnd()).framed(framing));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text()).contains("\"Once\"").doesNotContain("[DONE]");
        }
        assertThat(end()).isEqualTo(ExchangeEnd.Kind.ANSWERED);
    }

    @Test
    void resetsBeforeTheHeaders() {
        provider.enqueue(Answer.of(new Cut()));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.RESET);
            assertThat(client.body()).isEmpty();
        }
    }

    @Test
    void resetsAfterTheHeadersAlone() {
        provider.enqueue(Answer.of(new Head(), new Cut()));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.RESET);
            assertThat(client.body()).isEmpty();
        }
    }

    @Test
    void staysSilentUntilTheClientLeaves() {
        provider.enqueue(Answer.of(new Text("Once"), new Stall()));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            client.nextEvent();
            assertThat(client.nextEvent().data()).contains("\"Once\"");
            assertThat(provider.openExchanges()).isOne();
        }
        assertThat(end()).isEqualTo(ExchangeEnd.Kind.CLIENT_CLOSED);
    }

    @Test
    void keepsTheConnectionOpenAfterTheTerminalEvent() {
        provider.enqueue(Answer.of(new Text("Once"), new Done(), new Stall()));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            client.nextEvent();
            client.nextEvent();
            assertThat(client.nextEvent().data()).isEqualTo("[DONE]");
            assertThat(provider.openExchanges()).isOne();
        }
    }

    @Test
    void tearsAnEventBeforeItsBlankLine() {
        assertThat(torn(new Text("Once"), Tear.BEFORE_BLANK_LINE)).endsWith("}\n");
    }

    @Test
    void tearsAnEventInsideItsLine() {
        assertThat(torn(new Text("Once"), Tear.INSIDE_LINE)).doesNotContain("\"Once\"");
    }

    @Test
    void tearsAnEventInsideACharacter() {
        assertThat(torn(new Text("caf\u00e9"), Tear.INSIDE_CHARACTER)).endsWith("caf\ufffd");
    }

    private String torn(Text text, Tear where) {
        provider.enqueue(Answer.of(new Torn(text, where), new Close()));
        return ChatRequests.textOf(provider, ChatRequests.STREAM);
    }

    @Test
    void breaksAfterAnyNumberOfEvents() {
        int whole = wholeStream().events();
        for (int events = 0; events <= whole; events++) {
            provider.enqueue(Answer.text("One", " two").brokenAfterEvents(events, new Cut()));
            try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
                assertThat(client.awaitEnd()).isEqualTo(SseClient.End.RESET);
                assertThat(client.items()).hasSize(events);
            }
        }
    }

    @Test
    void breaksAfterAnyNumberOfBytes() {
        ExchangeEnd whole = wholeStream();
        for (int bytes = 0; bytes <= whole.bytes(); bytes++) {
            provider.enqueue(Answer.text("One", " two").brokenAfterBytes(bytes, new Close()));
            try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
                assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CUT);
                assertThat(client.body()).hasSize(bytes);
            }
        }
    }

    private ExchangeEnd wholeStream() {
        provider.enqueue(Answer.text("One", " two"));
        ChatRequests.textOf(provider, ChatRequests.STREAM);
        return provider.nextExchange().awaitEnd();
    }

    @Test
    void waitsAtAGateUntilTheTestOpensIt() {
        Gate gate = new Gate();
        provider.enqueue(Answer.of(new Text("One"), new AwaitRelease(gate), new Text("two")));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            client.nextEvent();
            client.nextEvent();
            gate.awaitReached();
            assertThat(client.items()).hasSize(2);
            gate.open();
            assertThat(client.nextEvent().data()).contains("two");
        }
    }

    @Test
    void writesAnythingInPlaceOfAHead() {
        provider.enqueue(Answer.of(new RawHead("HTTP/1.1 200 OK\r\nx: "), new Endless("aaaa")));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            provider.nextExchange();
            client.reset();
        }
        assertThat(provider.exchanges().getFirst().awaitEnd().clientLeft()).isTrue();
    }

    @Test
    void refusesConnectionsAndAcceptsThemAgain() {
        provider.refuseConnections();
        assertThatThrownBy(() -> ChatRequests.ask(provider, ChatRequests.STREAM))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("refused");

        provider.acceptConnections();
        provider.enqueue(Answer.text("Once"));
        assertThat(ChatRequests.textOf(provider, ChatRequests.STREAM)).contains("Once");
    }

    @Test
    void resetsConnectionsBeforeAnyRequest() {
        provider.resetNextConnections(1);
        provider.enqueue(Answer.text("Once"));
        assertThatThrownBy(() -> ask().awaitHead())
                .isInstanceOfAny(AssertionError.class, UncheckedIOException.class);
        assertThat(ChatRequests.textOf(provider, ChatRequests.STREAM)).contains("Once");
    }

    private SseClient ask() {
        return ChatRequests.ask(provider, ChatRequests.STREAM);
    }

    @Test
    void answersAnErrorInItsEnvelopeWithItsHeaders() {
        provider.enqueue(
                Answer.error(
                        429,
                        "requests",
                        "Slow down",
                        "rate_limit_exceeded",
                        Map.of("retry-after", "7")));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            SseClient.Head head = client.awaitHead();
            client.awaitEnd();
            assertThat(head.status()).isEqualTo(429);
            assertThat(head.headers().first("Retry-After")).hasValue("7");
            assertThat(client.text())
                    .isEqualTo(
                            """
                            {"error":{"message":"Slow down","type":"requests","param":null,\
                            "code":"rate_limit_exceeded"}}""");
        }
    }

    @Test
    void turnsAnInBandErrorIntoItsHttpTwinForWhoDoesNotStream() {
        provider.enqueue(Answer.of(new Text("Once"), new InBandError(503, "server_error", "Gone")));

        try (var client = ChatRequests.ask(provider, ChatRequests.PLAIN)) {
            assertThat(client.awaitHead().status()).isEqualTo(503);
        }
    }

    @Test
    void letsNothingFollowAnEnding() {
        Ending ending = new Cut();
        assertThatThrownBy(() -> Answer.of(ending, new Text("Once")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing may follow Cut[]");
    }

    private ExchangeEnd.Kind end() {
        return provider.nextExchange().awaitEnd().kind();
    }
}
