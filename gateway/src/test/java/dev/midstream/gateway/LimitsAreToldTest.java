package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import org.junit.jupiter.api.Test;

class LimitsAreToldTest {

    private static Rig rig(String limit, String router) {
        String configuration =
                Rig.CONFIGURATION
                        .replace("api_key: sk-primary", "api_key: sk-primary, " + limit)
                        .replace("fallbacks: [{primary: [fallback]}]", router);
        return new Rig(TransportKind.AUTO, configuration, GatewayOptions.DEFAULTS);
    }

    @Test
    void inTheChatProtocolsOwnShape() {
        try (Rig rig = rig("rpm: 1", "num_retries: 0")) {
            rig.primary.enqueue(Answer.text("hi"));
            rig.stream().awaitEnd();
            SseClient refused = rig.stream();
            refused.awaitEnd();
            assertThat(refused.awaitHead().status()).isEqualTo(429);
            assertThat(wait(refused)).isBetween(50, 61);
            assertThat(refused.text())
                    .contains(
                            "\"message\":\"The rpm limit of 1 of the model group \\\"primary\\\" is reached; try again in ",
                            "\"type\":\"rate_limit_error\"",
                            "\"code\":\"rate_limit_exceeded\"");
            assertThat(rig.primary.requests()).hasSize(1);
        }
    }

    @Test
    void inTheMessagesProtocolsOwnShape() {
        try (Rig rig = rig("max_parallel_requests: 1", "num_retries: 0")) {
            rig.primary.enqueue(Answer.of(new Step.Text("Once"), new Step.Stall()));
            rig.stream().nextEvent();
            SseClient refused =
                    rig.keep(
                            SseClient.post(
                                    rig.at("/v1/messages"),
                                    "{\"model\":\"primary\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
            refused.awaitEnd();
            assertThat(refused.awaitHead().status()).isEqualTo(429);
            assertThat(wait(refused)).isEqualTo(1);
            assertThat(refused.text())
                    .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"")
                    .contains("max_parallel_requests limit of 1");
        }
    }

    @Test
    void aFallbackTakesWhatDoesNotFit() {
        try (Rig rig = rig("max_parallel_requests: 1", "fallbacks: [{primary: [fallback]}]")) {
            rig.primary.enqueue(Answer.of(new Step.Text("Once"), new Step.Stall()));
            SseClient running = rig.stream();
            running.nextEvent();
            rig.fallback.enqueue(Answer.text("hi"));
            SseClient second = rig.stream();
            second.awaitEnd();
            assertThat(second.awaitHead().status()).isEqualTo(200);
            assertThat(rig.fallback.requests()).hasSize(1);
        }
    }

    @Test
    void aClientThatLeavesGivesItsSlotBack() throws InterruptedException {
        try (Rig rig = rig("max_parallel_requests: 1", "num_retries: 0")) {
            rig.primary.enqueue(Answer.of(new Step.Text("Once"), new Step.Stall()));
            SseClient running = rig.stream();
            running.nextEvent();
            running.leave();
            rig.awaitIdle();
            rig.primary.enqueue(Answer.text("hi"));
            SseClient next = rig.stream();
            next.awaitEnd();
            assertThat(next.awaitHead().status()).isEqualTo(200);
        }
    }

    @Test
    void aLimitDoesNotTearAnAnswer() {
        try (Rig rig = rig("rpm: 1", "num_retries: 1")) {
            rig.primary.enqueue(
                    Answer.of(new Step.Text("Once upon a time there was a "), new Step.Cut()),
                    Answer.text("Once upon a time there was a ", "king."));
            SseClient client = rig.stream();
            client.awaitEnd();
            assertThat(client.text()).contains("[DONE]");
            assertThat(rig.primary.requests()).hasSize(2);
        }
    }

    private static int wait(SseClient client) {
        return Integer.parseInt(client.awaitHead().headers().first("retry-after").orElse("0"));
    }
}
