package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Providers repeat the key that they refuse: OpenAI's 401 reads "Incorrect API key provided: sk-…".
 */
class SecretsAndHostsStayInsideTest {

    private static final String ALONE =
            """
            model_list:
              - model_name: primary
                litellm_params:
                  model: openai/one
                  api_base: os.environ/PRIMARY
                  api_key: sk-primary-secret
                  extra_headers: {x-team-key: team-secret}
            router_settings: {num_retries: 0}
            """;

    private static final String REPEATED = "bad key sk-primary-secret of team-secret";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyInAnErrorInsideAStreamIsMasked(boolean withText) {
        Answer answer =
                withText
                        ? Answer.of(new Step.Text("Once"), inBand())
                        : Answer.of(new Step.Opening(), inBand());
        assertMasked(answer);
    }

    @Test
    void aKeyInAnErrorInPlaceOfTheStreamIsMasked() {
        assertMasked(Answer.error(401, "invalid_request_error", REPEATED));
    }

    @Test
    void aHostIsNotNamedToClients() {
        try (Rig rig = new Rig(TransportKind.AUTO, ALONE, GatewayOptions.DEFAULTS)) {
            rig.primary.refuseConnections();
            assertNoHost(rig);
        }
        try (Rig rig = new Rig(TransportKind.AUTO, ALONE, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(Answer.of(new Step.Cut()));
            assertNoHost(rig);
        }
    }

    private static Step inBand() {
        return new Step.InBandError(500, "server_error", REPEATED);
    }

    private static void assertMasked(Answer answer) {
        try (Rig rig = new Rig(TransportKind.AUTO, ALONE, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(answer);
            SseClient client = rig.stream();
            client.awaitEnd();
            assertThat(client.text())
                    .contains("bad key *** of ***")
                    .doesNotContain("sk-primary-secret", "team-secret");
            rig.log.forEach(
                    line -> assertThat(line).doesNotContain("sk-primary-secret", "team-secret"));
        }
    }

    private static void assertNoHost(Rig rig) {
        SseClient client = rig.stream();
        client.awaitEnd();
        assertThat(client.text()).contains("upstream").doesNotContain("127.0.0.1");
    }
}
