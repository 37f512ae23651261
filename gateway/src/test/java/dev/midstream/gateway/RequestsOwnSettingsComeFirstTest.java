package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestsOwnSettingsComeFirstTest {

    @Test
    void itsTimeoutsComeBeforeTheDeployments() throws Exception {
        String impatient = Rig.CONFIGURATION.replace("sk-primary", "sk-primary, stream_timeout: 1");
        assertThat(impatient).isNotEqualTo(Rig.CONFIGURATION);
        try (Rig rig = new Rig(TransportKind.AUTO, impatient, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(
                    Answer.of(
                            new Step.Opening(),
                            new Step.Pause(Duration.ofMillis(1500)),
                            new Step.Text("Once"),
                            new Step.Finish("stop"),
                            new Step.Done()));
            SseClient client = ask(rig, "x-litellm-stream-timeout", "30");
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text()).contains("Once");
            assertThat(rig.primary.requests()).hasSize(1);
            assertThat(rig.fallback.requests()).isEmpty();
            rig.awaitIdle();
        }
    }

    @Test
    void itsRetriesComeBeforeTheDeploymentsEvenIfTheRouterSaysTheSame() throws Exception {
        String stubborn =
                """
                model_list:
                  - model_name: primary
                    litellm_params: {model: openai/one, api_base: os.environ/PRIMARY, api_key: sk-primary, num_retries: 4}
                router_settings: {num_retries: 1, cooldown_time: 0}
                """;
        try (Rig rig = new Rig(TransportKind.AUTO, stubborn, GatewayOptions.DEFAULTS)) {
            rig.primary.answering(asked -> Answer.of(new Step.Cut()));
            SseClient client = ask(rig, "x-litellm-num-retries", "1");
            assertThat(client.awaitHead().status()).isEqualTo(502);
            assertThat(rig.primary.requests()).hasSize(2);
            rig.awaitIdle();
        }
    }

    private static SseClient ask(Rig rig, String header, String value) {
        return rig.keep(
                SseClient.to(rig.chat()).header(header, value).post(Rig.request("primary", true)));
    }
}
