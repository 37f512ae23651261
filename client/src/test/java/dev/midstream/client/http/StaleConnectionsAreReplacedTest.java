package dev.midstream.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Failure;
import dev.midstream.routing.Passage;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.passage.TlsFront;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An upstream may close a connection that it kept alive just when the next request is on its way
 * (RFC 9112, section 9.5): nothing of a response comes, and a new connection is due. On any other
 * connection the request may have been read, and is not sent again.
 */
class StaleConnectionsAreReplacedTest {

    private static final int REQUESTS = 50;

    private final ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());
    private final TlsFront tls = TlsFront.of(provider.origin().getPort());
    private final JdkTransport transport = new JdkTransport();
    private final Set<Integer> served = new HashSet<>();

    @AfterEach
    void stop() {
        transport.close();
        tls.close();
        provider.close();
    }

    @Test
    void aConnectionThatIsClosedAtItsSecondRequestIsReplaced() {
        provider.answering(asked -> first(asked) ? Answer.text("Once") : closing(asked));
        for (int i = 0; i < REQUESTS; i++) {
            Told told = ask();
            assertThat(told.failure()).isNull();
            assertThat(told.text()).contains("Once", "[DONE]");
        }
        assertThat(provider.requests()).hasSizeGreaterThan(REQUESTS);
    }

    @Test
    void onceOnly() {
        Answer cut = Answer.of(new Step.Cut());
        provider.enqueue(Answer.text("Once"), cut, cut);
        assertThat(ask().failure()).isNull();
        assertThat(ask().failure())
                .isInstanceOfSatisfying(
                        Failure.Cut.class, broken -> assertThat(broken.headSeen()).isFalse());
        assertThat(provider.requests()).hasSize(3);
        assertThat(provider.connections()).isEqualTo(2);
    }

    @Test
    void notAConnectionThatHadCarriedNothing() {
        provider.answering(asked -> closing(asked));
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(ask().failure()).isInstanceOf(Failure.Cut.class);
        }
        assertThat(provider.requests()).hasSize(REQUESTS);
    }

    @Test
    void notWhereTheResponseHadBegun() {
        provider.enqueue(
                Answer.text("Once"),
                Answer.of(new Step.RawHead("HTTP/1.1 200 OK\r\ncontent-ty"), new Step.Close()));
        assertThat(ask().failure()).isNull();
        assertThat(ask().failure()).isInstanceOf(Failure.Cut.class);
        assertThat(provider.requests()).hasSize(2);
    }

    /** The JDK's client would by itself, whatever connection it was. */
    @Test
    void notAGetEither() {
        provider.route("/v1/kept", asked -> closing(asked));
        UpstreamRequest request =
                new UpstreamRequest(
                        "GET",
                        URI.create(provider.baseUrl() + "/kept"),
                        Map.of(),
                        new byte[0],
                        Duration.ofSeconds(5),
                        Passage.DIRECT);
        for (int i = 0; i < 4; i++) {
            assertThat(Asked.of(transport, request).told().failure())
                    .isInstanceOf(Failure.Cut.class);
        }
        assertThat(provider.requests()).hasSize(4);
    }

    private Told ask() {
        URI base = URI.create("https://localhost:" + tls.port() + "/v1");
        return Asked.by(
                        transport,
                        base,
                        new Passage(new Passage.Trust.Also(TlsFront.certificate()), null))
                .told();
    }

    private boolean first(RecordedRequest asked) {
        synchronized (served) {
            return served.add(asked.connection());
        }
    }

    private static Answer closing(RecordedRequest asked) {
        return Answer.of(asked.number() % 4 == 0 ? new Step.Cut() : new Step.Close());
    }
}
