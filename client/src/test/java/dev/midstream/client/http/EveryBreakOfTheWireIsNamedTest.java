package dev.midstream.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.Failure.NotConnected.Reason;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.BlackHole;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same failures, in the same words, as the gateway's transport tells for the same faults. */
class EveryBreakOfTheWireIsNamedTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";

    private final ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());
    private final JdkTransport transport = new JdkTransport();

    @AfterEach
    void stop() {
        transport.close();
        provider.close();
    }

    @Test
    void aHealthyAnswerComesWholeAndItsConnectionIsUsedAgain() {
        provider.enqueue(Answer.text("one", "two"), Answer.text("three"));
        Told first = ask();
        assertThat(first.failure()).isNull();
        assertThat(first.text()).contains("one", "two", "[DONE]");
        assertThat(first.header("Content-Type")).contains("event-stream");
        Told second = ask();
        assertThat(second.failure()).isNull();
        assertThat(second.status).isCompletedWithValue(200);
        assertThat(provider.connections()).isEqualTo(1);
    }

    @Test
    void aResetBeforeTheHead() {
        provider.enqueue(Answer.of(new Step.Cut()));
        isCut(ask(), false);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void anEndBeforeTheHead() {
        provider.enqueue(Answer.of(new Step.Close()));
        isCut(ask(), false);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void anEndInsideTheHead() {
        provider.enqueue(raw("HTTP/1.1 200 OK\r\ncontent-ty", new Step.Close()));
        isCut(ask(), false);
    }

    @Test
    void aResetInsideTheHead() {
        provider.enqueue(raw("HTTP/1.1 200 OK\r\ncontent-ty", new Step.Cut()));
        isCut(ask(), false);
    }

    @Test
    void aResetRightAfterTheHead() {
        provider.enqueue(raw(HEAD + "transfer-encoding: chunked\r\n\r\n", new Step.Cut()));
        isCut(ask(), true);
    }

    @Test
    void anEndInsideTheChunks() {
        provider.enqueue(Answer.of(new Step.Text("one"), new Step.Close()));
        Told told = ask();
        isCut(told, true);
        assertThat(told.text()).contains("one");
    }

    @Test
    void anEndInsideAChunk() {
        provider.enqueue(
                raw(HEAD + "transfer-encoding: chunked\r\n\r\n50\r\ndata: one", new Step.Close()));
        Told told = ask();
        isCut(told, true);
        assertThat(told.text()).isEqualTo("data: one");
    }

    @Test
    void anEndInsideTheLengthThatWasPromised() {
        provider.enqueue(raw(HEAD + "content-length: 100\r\n\r\ndata: one", new Step.Close()));
        Told told = ask();
        isCut(told, true);
        assertThat(told.text()).isEqualTo("data: one");
    }

    @Test
    void anEndOfWhatHasNoLengthIsClean() {
        provider.enqueue(raw(HEAD + "\r\ndata: one\n\n", new Step.Close()));
        Told told = ask();
        assertThat(told.failure()).isNull();
        assertThat(told.text()).isEqualTo("data: one\n\n");
    }

    @Test
    void aResetOfWhatHasNoLength() {
        provider.enqueue(raw(HEAD + "\r\ndata: one\n\n", new Step.Cut()));
        isCut(ask(), true);
    }

    @Test
    void aRefusedConnection() {
        provider.refuseConnections();
        isNotConnected(ask(), Reason.REFUSED);
    }

    @Test
    void aHostThatIsNotKnown() {
        isNotConnected(
                Asked.of(transport, URI.create("http://no-such-host.invalid/v1")).told(),
                Reason.UNKNOWN_HOST);
    }

    @Test
    void aBlackHole() {
        try (BlackHole hole = BlackHole.open()) {
            Told told = Asked.within(transport, hole.origin(), Duration.ofMillis(300)).told();
            isNotConnected(told, Reason.TIMEOUT);
            assertThat(told.failure().message()).contains("0.3 s");
        }
    }

    @Test
    void aPlainServerThatIsAskedForTls() {
        URI tls = URI.create(provider.baseUrl().toString().replace("http:", "https:"));
        isNotConnected(Asked.of(transport, tls).told(), Reason.TLS);
    }

    @Test
    void whatIsNotHttp() {
        provider.enqueue(raw("SSH-2.0-OpenSSH_9.9\r\n\r\n", new Step.Stall()));
        isGarbled(ask());
        clientLeaves();
    }

    @Test
    void aStatusThatIsNoNumber() {
        provider.enqueue(raw("HTTP/1.1 OK fine\r\n\r\n", new Step.Stall()));
        isGarbled(ask());
        clientLeaves();
    }

    @Test
    void aLengthThatIsNoNumber() {
        provider.enqueue(raw(HEAD + "content-length: many\r\n\r\n", new Step.Stall()));
        assertThat(ask().failure()).isInstanceOf(Failure.Garbled.class);
        clientLeaves();
    }

    @Test
    void aChunkSizeThatIsNoNumber() {
        provider.enqueue(
                raw(HEAD + "transfer-encoding: chunked\r\n\r\nzz\r\ndata: one", new Step.Stall()));
        assertThat(ask().failure()).isInstanceOf(Failure.Garbled.class);
        clientLeaves();
    }

    @Test
    void endlessHeaders() {
        provider.enqueue(
                Answer.of(
                        new Step.RawHead("HTTP/1.1 200 OK\r\n"),
                        new Step.Endless("x-filler: aaaaaaaaaaaaaaaa\r\n")));
        isGarbled(ask());
        clientLeaves();
    }

    @Test
    void anEndlessStatusLine() {
        provider.enqueue(
                Answer.of(new Step.RawHead("HTTP/1.1 200 O"), new Step.Endless("KOKOKOKOKOKOKOK")));
        isGarbled(ask());
        clientLeaves();
    }

    @Test
    void interimResponsesAreNone() {
        provider.enqueue(
                raw(
                        "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
                                + HEAD
                                + "content-length: 9\r\n\r\ndata: one",
                        new Step.CleanEnd()));
        Told told = ask();
        assertThat(told.failure()).isNull();
        assertThat(told.awaitStatus()).isEqualTo(200);
        assertThat(told.text()).isEqualTo("data: one");
    }

    @Test
    void redirectsAreAnswers() {
        provider.enqueue(
                raw(
                        "HTTP/1.1 307 Temporary Redirect\r\nlocation: /v1/elsewhere\r\ncontent-length: 0\r\n\r\n",
                        new Step.CleanEnd()));
        Told told = ask();
        assertThat(told.failure()).isNull();
        assertThat(told.awaitStatus()).isEqualTo(307);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void aRefusedKeyWithoutAChallengeIsAnAnswer() {
        provider.enqueue(
                raw(
                        "HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\n{}",
                        new Step.CleanEnd()));
        Told told = ask();
        assertThat(told.failure()).isNull();
        assertThat(told.awaitStatus()).isEqualTo(401);
        assertThat(told.text()).isEqualTo("{}");
    }

    // --------------------------------------------------------------------------------- machinery

    private Told ask() {
        return Asked.of(transport, provider.baseUrl()).told();
    }

    private void clientLeaves() {
        assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
    }

    private static Answer raw(String bytes, Step end) {
        return Answer.of(new Step.RawHead(bytes), end);
    }

    private static void isCut(Told told, boolean headSeen) {
        assertThat(told.failure())
                .isEqualTo(
                        new Failure.Cut(
                                headSeen,
                                headSeen
                                        ? "The connection to the upstream broke in the middle of the answer"
                                        : "The connection to the upstream broke before the answer began"));
        assertThat(told.status.isDone()).isEqualTo(headSeen);
        assertThat(told.ends()).isEqualTo(1);
    }

    private static void isNotConnected(Told told, Reason reason) {
        assertThat(told.failure())
                .isInstanceOfSatisfying(
                        Failure.NotConnected.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
        assertThat(told.ends()).isEqualTo(1);
    }

    private static void isGarbled(Told told) {
        @Nullable Failure failure = told.failure();
        assertThat(failure).isEqualTo(new Failure.Garbled("What the upstream sent is not HTTP"));
        assertThat(told.status).isNotDone();
        assertThat(told.ends()).isEqualTo(1);
    }
}
