package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
            strings = {
                "[\"nobody\"]",
                "\"fallback\"",
                "[7]",
                "{}",
                "[[]]",
                "[{}]",
                "[{\"model\":7}]",
                "[{\"model\":\"nobody\"}]",
                "{\"nobody\":[\"fallback\"]}",
                "{\"primary\":[[]]}",
                "[{\"model\":\"fallback\",\"api_key\":\"sk-mine\"}]",
                "[{\"model\":\"fallback\",\"api_base\":\"https://example.test\"}]",
                "[{\"model\":\"fallback\",\"stream\":false}]",
                "[{\"model\":\"fallback\",\"num_retries\":1}]",
                "[{\"model\":\"fallback\",\"messages\":\"none\"}]"
            })
    void whatIsNoListOfKnownNamesIsRefused(String fallbacks) throws Exception {
        try (Rig rig = new Rig(TransportKind.AUTO, ALONE, GatewayOptions.DEFAULTS)) {
            SseClient client = rig.ask(with(fallbacks));
            assertThat(client.awaitHead().status()).isEqualTo(400);
            client.awaitEnd();
            assertThat(client.text()).contains("fallbacks");
            assertThat(rig.primary.requests()).isEmpty();
            assertThat(rig.nextLogLine())
                    .contains("\"outcome\":\"refused\"", "\"param\":\"fallbacks")
                    .doesNotContain("story");
        }
    }

    @Test
    void noMoreGroupsAreNamedThanFallbacksMayBe() {
        String configuration = ALONE.replace("model_name: primary", "model_name: '*'");
        String groups =
                IntStream.range(0, 17)
                        .mapToObj(i -> "\"m" + i + "\":[]")
                        .collect(Collectors.joining(","));
        try (Rig rig = new Rig(TransportKind.AUTO, configuration, GatewayOptions.DEFAULTS)) {
            SseClient client = rig.ask(with("{" + groups + "}"));
            assertThat(client.awaitHead().status()).isEqualTo(400);
            client.awaitEnd();
            assertThat(client.text()).contains("at most 16");
            assertThat(rig.primary.requests()).isEmpty();
        }
    }

    @Test
    void anObjectReplacesMembersForItsGroupOnly() {
        try (Rig rig = new Rig(TransportKind.AUTO, ALONE, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(Answer.error(500, "server_error", "Down."));
            rig.fallback.enqueue(Answer.text("hi"));
            String object =
                    """
                    {"model":"fallback","temperature":0.25,"seed":null,"max_tokens":7,
                     "messages":[{"role":"user","content":"Be brief."}]}""";
            SseClient client =
                    rig.ask(
                            with("[" + object + "]")
                                    .replaceFirst(
                                            "\\{", "{\"seed\":1,\"max_completion_tokens\":90,"));
            assertThat(client.awaitHead().status()).isEqualTo(200);
            client.awaitEnd();
            assertThat(rig.primary.requests().getFirst().text())
                    .contains("Tell me a story.", "\"seed\":1", "\"max_completion_tokens\":90")
                    .doesNotContain("temperature", "brief");
            assertThat(rig.fallback.requests().getFirst().text())
                    .contains("Be brief.", "\"temperature\":0.25", ":7")
                    .doesNotContain("story", "seed", "90", "fallback");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"primary\":[\"fallback\"]}",
                "{\"primary\":\"fallback\"}",
                "[{\"primary\":[\"fallback\"]}]",
                "{\"*\":[{\"model\":\"fallback\"}]}"
            })
    void theConfigurationsShapesAreReadTooOfEveryKind(String lists) {
        for (String kind :
                new String[] {
                    "fallbacks", "context_window_fallbacks", "content_policy_fallbacks"
                }) {
            try (Rig rig = new Rig(TransportKind.AUTO, ALONE, GatewayOptions.DEFAULTS)) {
                String code =
                        kind.startsWith("content")
                                ? "content_policy_violation"
                                : "context_length_exceeded";
                rig.primary.enqueue(
                        Answer.error(400, "invalid_request_error", "No.", code, Map.of()));
                rig.fallback.enqueue(Answer.text("hi"));
                SseClient client = rig.ask(with(lists).replace("fallbacks\":", kind + "\":"));
                assertThat(client.awaitHead().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void anObjectInTheConfigurationReplacesMembersToo() {
        String configuration =
                Rig.CONFIGURATION.replace("[fallback]", "[{model: fallback, temperature: 0.5}]");
        try (Rig rig = new Rig(TransportKind.AUTO, configuration, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(Answer.error(400, "invalid_request_error", "Down."));
            rig.fallback.enqueue(Answer.text("hi"));
            SseClient client = rig.stream();
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(rig.fallback.requests().getFirst().text())
                    .contains("\"temperature\":0.5", "story");
        }
    }

    private static String with(String fallbacks) {
        return Rig.request("primary", true)
                .replaceFirst("\\{", "{\"fallbacks\":" + fallbacks + ",");
    }
}
