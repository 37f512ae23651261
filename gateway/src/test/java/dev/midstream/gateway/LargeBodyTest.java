package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that are parsed and encoded off the event loop. */
class LargeBodyTest {

    private static final String LONG = "a long story, ".repeat(100_000);

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aLargeRequestReachesTheUpstreamAndIsAnswered(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.enqueue(Answer.text("short"));
            SseClient client = rig.ask(Rig.request("primary", true).replace("a story", LONG));
            assertThat(client.awaitHead().status()).isEqualTo(200);
            client.awaitEnd();
            assertThat(
                            rig.primary
                                    .requests()
                                    .getFirst()
                                    .json()
                                    .at("/messages/0/content")
                                    .asString())
                    .isEqualTo("Tell me " + LONG + ".");
            rig.awaitIdle();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aLargeRequestThatIsWrongIsRefused(TransportKind transport) {
        try (Rig rig = new Rig(transport)) {
            SseClient client = rig.ask(Rig.request("primary", true).replace("a story", LONG) + "}");
            assertThat(client.awaitHead().status()).isEqualTo(400);
            assertThat(rig.primary.requests()).isEmpty();
        }
    }
}
