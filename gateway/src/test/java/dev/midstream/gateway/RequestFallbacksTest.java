package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFallbacksTest {

    private static final String ALONE =
            Rig.CONFIGURATION.replace("fallbacks: [{primary: [fallback]}]", "num_retries: 0");

    @Test
    void theRequestsOwnFallbacksAreAskedAndNeverLeave() {
        try (Rig rig = new Rig(TransportKind.AUTO, ALONE, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(Answer.error(500, "server_error", "Down."));
            rig.fallback.enqueue(Answer.text("hi"));
            SseClient client = rig.ask(with("[\"fallback\"]"));
            assertThat(client.awaitHead().status()).isEqualTo(200);
            client.awaitEnd();
            assertThat(rig.primary.requests().getFirst().text()).doesNotContain("fallback");
            assertThat(rig.fallback.requests().getFirst().text()).doesNotContain("fallback");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[\"nobody\"]", "\"fallback\"", "[{\"model\":\"fallback\"}]", "[7]", "{}"})
    void whatIsNoListOfKnownNamesIsRefused(String fallbacks) throws Exception {
        try (Rig rig = new Rig(TransportKind.AUTO, ALONE, GatewayOptions.DEFAULTS)) {
            SseClient client = rig.ask(with(fallbacks));
            assertThat(client.awaitHead().status()).isEqualTo(400);
            client.awaitEnd();
            assertThat(client.text()).contains("fallbacks");
            assertThat(rig.primary.requests()).isEmpty();
            assertThat(rig.nextLogLine())
                    .contains("\"outcome\":\"refused\"", "\"param\":\"fallbacks\"")
                    .doesNotContain("story");
        }
    }

    private static String with(String fallbacks) {
        return Rig.request("primary", true)
                .replaceFirst("\\{", "{\"fallbacks\":" + fallbacks + ",");
    }
}
