package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import org.junit.jupiter.api.Test;

/** Retry policies and pre-call checks, over sockets. */
class PoliciesAndWindowsTest {

    private static final Answer DOWN = Answer.error(500, "server_error", "Down.");

    private static Rig rig(String router) {
        String configuration =
                Rig.CONFIGURATION
                        .replace(
                                "api_key: sk-primary}",
                                "api_key: sk-primary}\n    model_info: {max_input_tokens: 100}")
                        .replace("fallbacks: [{primary: [fallback]}]\n  cooldown_time: 0", router);
        return new Rig(TransportKind.AUTO, configuration, GatewayOptions.DEFAULTS);
    }

    @Test
    void aPolicyGivesMoreRetriesThanThereAreOtherwise() {
        try (Rig rig = rig("{num_retries: 0, retry_policy: {InternalServerErrorRetries: 1}}")) {
            rig.primary.enqueue(DOWN, Answer.text("hi"));
            SseClient client = rig.stream();
            client.awaitEnd();
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(rig.primary.requests()).hasSize(2);
        }
    }

    @Test
    void orNone() {
        try (Rig rig =
                rig("{num_retries: 3, model_group_retry_policy: {primary: {DefaultRetries: 0}}}")) {
            rig.primary.enqueue(DOWN);
            SseClient client = rig.stream();
            client.awaitEnd();
            assertThat(client.awaitHead().status()).isEqualTo(500);
            assertThat(rig.primary.requests()).hasSize(1);
        }
    }

    @Test
    void whatCannotFitIsAnsweredWithoutAskingAnybody() {
        try (Rig rig = rig("{enable_pre_call_checks: true}")) {
            SseClient client = rig.ask(lengthy());
            client.awaitEnd();
            assertThat(client.awaitHead().status()).isEqualTo(400);
            assertThat(client.text())
                    .contains(
                            "\"code\":\"context_length_exceeded\"",
                            "The request has at least 150 tokens; the context window of the model group `primary` holds 100");
            assertThat(rig.primary.requests()).isEmpty();
        }
    }

    @Test
    void orGoesWhereItFits() {
        try (Rig rig =
                rig(
                        "{enable_pre_call_checks: true, context_window_fallbacks: [{primary: [fallback]}]}")) {
            rig.fallback.enqueue(Answer.text("hi"));
            SseClient client = rig.ask(lengthy());
            client.awaitEnd();
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(rig.primary.requests()).isEmpty();
        }
    }

    private static String lengthy() {
        return Rig.request("primary", true).replace("Tell me a story.", "a".repeat(1200));
    }
}
