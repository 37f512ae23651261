package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.assertion.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients of Azure name the deployment in the path, as older ones of OpenAI named the engine.
 *
 * <p><b>Source</b>: Azure OpenAI's REST reference, LiteLLM's proxy (read 2026-11).
 */
final class PathsMayNameTheModelTest {

    private static final String BODY =
            "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/deployments/primary/chat/completions?api-version=2024-06-01",
                "/engines/primary/chat/completions",
                "/openai/deployments/pri%6Dary/chat/completions",
            })
    void theOneInThePathIsAsked(String path) {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            rig.primary.enqueue(Answer.text("Hello"));
            SseClient client = rig.keep(SseClient.post(rig.at(path), BODY));
            assertThat(client.awaitHead().status()).isEqualTo(200);
            client.awaitEnd();
            assertThat(client.text()).contains("Hello");
            Requests.to(rig.primary).only().asksFor("one");
        }
    }

    @Test
    void itCountsBeforeTheBodys() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            SseClient client =
                    rig.keep(
                            SseClient.post(
                                    rig.at("/openai/deployments/nobody/chat/completions"),
                                    Rig.request("primary", true)));
            assertThat(client.awaitHead().status()).isEqualTo(404);
            client.awaitEnd();
            assertThat(client.text()).contains("`nobody`");
        }
    }

    @Test
    void aBodyThatIsNoObjectIsRefusedAsEverywhere() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            SseClient client =
                    rig.keep(
                            SseClient.post(rig.at("/engines/primary/chat/completions"), "[\"x\"]"));
            assertThat(client.awaitHead().status()).isEqualTo(400);
            client.awaitEnd();
        }
    }
}
