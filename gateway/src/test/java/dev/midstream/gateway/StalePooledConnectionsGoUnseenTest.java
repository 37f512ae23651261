package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An upstream may close a connection that it kept alive just when the next request is on its way
 * (RFC 9112, section 9.5): nothing of a response comes, and a new connection is due.
 */
class StalePooledConnectionsGoUnseenTest {

    private static final int REQUESTS = 50;

    private static final String ALONE =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/one, api_base: os.environ/PRIMARY, api_key: sk-primary}
            router_settings: {num_retries: 0, allowed_fails: 0}
            """;

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aConnectionThatIsClosedAtItsSecondRequestIsReplaced(TransportKind transport)
            throws Exception {
        try (Rig rig = new Rig(transport, ALONE, GatewayOptions.DEFAULTS)) {
            Set<Integer> served = new HashSet<>();
            rig.primary.answering(
                    asked -> first(served, asked) ? Answer.text("Once") : closing(asked));
            assertAllAnswered(rig);
            assertThat(rig.primary.requests()).hasSizeGreaterThan(REQUESTS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aConnectionThatIsClosedAfterEachAnswerIsReplaced(TransportKind transport)
            throws Exception {
        try (Rig rig = new Rig(transport, ALONE, GatewayOptions.DEFAULTS)) {
            rig.primary.answering(asked -> answeredAndClosed());
            assertAllAnswered(rig);
        }
    }

    private static void assertAllAnswered(Rig rig) throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            SseClient client = rig.stream();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(ChatStreamGrammar.check(client.body()).text()).isEqualTo("Once");
            assertThat(client.awaitHead().headers().first("x-midstream-attempts")).hasValue("1");
        }
        rig.awaitIdle();
    }

    private static boolean first(Set<Integer> served, RecordedRequest asked) {
        synchronized (served) {
            return served.add(asked.connection());
        }
    }

    private static Answer closing(RecordedRequest asked) {
        return Answer.of(asked.number() % 4 == 0 ? new Step.Cut() : new Step.Close());
    }

    /** Keep-alive by its words, closed by its deeds. */
    private static Answer answeredAndClosed() {
        String events =
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                        + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Once\"},"
                        + "\"finish_reason\":null}]}\n\n"
                        + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                        + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: [DONE]\n\n";
        int length = events.getBytes(StandardCharsets.UTF_8).length;
        return Answer.of(
                new Step.RawHead(
                        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: "
                                + length
                                + "\r\n\r\n"),
                new Step.Raw(events),
                new Step.Close());
    }
}
