package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.edge.Limits;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import org.junit.jupiter.api.Test;

class TooManyAtOnceTest {

    @Test
    void theNextRequestIsToldWhichLimitIsReachedAndTheOneAfterTheEndIsTaken() throws Exception {
        GatewayOptions one = GatewayOptions.DEFAULTS.within(Limits.DEFAULTS.withMaxCalls(1));
        try (Rig rig = new Rig(TransportKind.AUTO, Rig.CONFIGURATION, one)) {
            Gate gate = new Gate();
            rig.primary.enqueue(
                    Answer.of(new Step.Text("Once"), new Step.AwaitRelease(gate))
                            .then(
                                    Answer.completion("stop", new Step.Usage(1, 2))
                                            .toArray(Step[]::new)));
            SseClient first = rig.stream();
            first.nextEvent();
            assertRefused(rig, rig.stream(), "\"type\":\"rate_limit_error\"");
            SseClient messages =
                    rig.keep(
                            SseClient.post(
                                    rig.at("/v1/messages"),
                                    Rig.request("primary", true)
                                            .replaceFirst("\\{", "{\"max_tokens\":5,")));
            assertRefused(rig, messages, "{\"type\":\"error\"");
            gate.open();
            first.awaitEnd();
            rig.awaitIdle();
            rig.primary.enqueue(Answer.text("hi"));
            assertThat(rig.stream().awaitHead().status()).isEqualTo(200);
        }
    }

    private static void assertRefused(Rig rig, SseClient client, String form) throws Exception {
        assertThat(client.awaitHead().status()).isEqualTo(429);
        assertThat(client.awaitHead().headers().first("retry-after")).hasValue("1");
        client.awaitEnd();
        assertThat(client.text()).contains(form, "max_parallel_requests", "1 requests");
        assertThat(rig.nextLogLine())
                .contains("\"status\":429", "\"param\":\"max_parallel_requests\"");
    }
}
