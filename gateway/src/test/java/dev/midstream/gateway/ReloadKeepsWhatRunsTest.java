package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.gateway.edge.Limits;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.model.Secret;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReloadKeepsWhatRunsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String COOLING =
            Rig.CONFIGURATION.replace("cooldown_time: 0", "cooldown_time: 300");
    private static final String OTHER =
            """
            model_list:
              - model_name: other
                litellm_params: {model: openai/two, api_base: os.environ/FALLBACK, api_key: sk-other}
            """;

    @Test
    void aStreamFallsBackAsTheConfigurationSaidThatItBeganWith() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            Gate gate = new Gate();
            rig.primary.enqueue(
                    Answer.of(new Step.Opening(), new Step.AwaitRelease(gate), new Step.Cut()));
            SseClient running = rig.stream();
            var asked = rig.primary.nextExchange();
            rig.reload(OTHER, GatewayOptions.DEFAULTS);
            assertThat(status(rig, "primary")).isEqualTo(404);
            rig.fallback.enqueue(Answer.text("whole"));
            assertThat(status(rig, "other")).isEqualTo(200);
            assertThat(rig.fallback.nextExchange().request().credential()).hasValue("sk-other");
            rig.fallback.enqueue(Answer.text("whole"));
            gate.open();
            running.awaitEnd();
            assertThat(running.text()).contains("whole", "[DONE]");
            assertThat(rig.fallback.nextExchange().request().credential()).hasValue("sk-fallback");
            assertThat(asked.request().credential()).hasValue("sk-primary");
        }
    }

    @Test
    void aDeploymentThatIsLeftAloneStaysLeftAlone() {
        try (Rig rig = new Rig(TransportKind.AUTO, COOLING, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(Answer.error(503, "server_error", "Down."));
            rig.fallback.enqueue(Answer.text("hi"));
            assertThat(status(rig, "primary")).isEqualTo(200);
            rig.reload(COOLING + "  num_retries: 1\n", GatewayOptions.DEFAULTS);
            rig.fallback.enqueue(Answer.text("hi"));
            assertThat(status(rig, "primary")).isEqualTo(200);
            assertThat(rig.primary.requests()).hasSize(1);
        }
    }

    @Test
    void aDeploymentThatWasShutOutIsAskedAgainOnceItHasAnotherKey() {
        try (Rig rig = new Rig(TransportKind.AUTO, COOLING, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(Answer.error(401, "invalid_request_error", "Incorrect API key."));
            rig.fallback.enqueue(Answer.text("hi"));
            assertThat(status(rig, "primary")).isEqualTo(200);
            assertThat(rig.primary.nextExchange().request().credential()).hasValue("sk-primary");
            rig.reload(COOLING.replace("sk-primary", "sk-right"), GatewayOptions.DEFAULTS);
            rig.primary.enqueue(Answer.text("hi"));
            assertThat(status(rig, "primary")).isEqualTo(200);
            assertThat(rig.primary.nextExchange().request().credential()).hasValue("sk-right");
        }
    }

    @Test
    void keysAndLimitsCountFromTheNextRequestOn() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            GatewayOptions locked =
                    GatewayOptions.DEFAULTS
                            .withMasterKey(Secret.of("sk-new"))
                            .within(Limits.DEFAULTS.withMaxBodyBytes(10));
            assertThat(rig.reload(Rig.CONFIGURATION, locked))
                    .singleElement()
                    .asString()
                    .contains("kept answers");
            assertThat(status(rig, "primary")).isEqualTo(401);
            SseClient large =
                    rig.keep(
                            SseClient.to(rig.chat())
                                    .header("x-api-key", "sk-new")
                                    .post(Rig.request("primary", true)));
            assertThat(large.awaitHead().status()).isEqualTo(413);
        }
    }

    @Test
    void whatCannotChangeIsNamed() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            List<String> restart =
                    rig.reload(
                            Rig.CONFIGURATION,
                            GatewayOptions.DEFAULTS.at("127.0.0.2", 4711).on(TransportKind.NIO));
            assertThat(restart).hasSize(3);
            assertThat(restart.get(0)).startsWith("host, 127.0.0.1");
            assertThat(restart.get(1)).startsWith("port, " + rig.gateway.address().getPort());
            assertThat(restart.get(2)).startsWith("transport");
        }
    }

    @Test
    void aGatewayThatOthersReachDoesNotLoseItsKey() {
        GatewayOptions open =
                GatewayOptions.DEFAULTS.at("0.0.0.0", 0).withMasterKey(Secret.of("sk-master"));
        try (Rig rig = new Rig(TransportKind.AUTO, Rig.CONFIGURATION, open)) {
            assertThatThrownBy(
                            () ->
                                    rig.reload(
                                            Rig.CONFIGURATION,
                                            GatewayOptions.DEFAULTS.at("0.0.0.0", 0)))
                    .hasMessageContaining("master key");
            assertThat(status(rig, "primary")).isEqualTo(401);
        }
    }

    @Test
    void readinessTellsOfAReloadThatFailedAndWhyOnlyToThoseWithTheKey() {
        GatewayOptions locked = GatewayOptions.DEFAULTS.withMasterKey(Secret.of("sk-master"));
        try (Rig rig = new Rig(TransportKind.AUTO, Rig.CONFIGURATION, locked)) {
            assertThat(readiness(rig, "").path("config").has("failed_at")).isFalse();
            rig.gateway.reloadFailed(List.of("config.yaml:3:1: error: a", "b"));
            JsonNode open = readiness(rig, "").path("config");
            assertThat(open.path("loaded_at").asString()).endsWith("Z");
            assertThat(open.path("failed_at").asString()).endsWith("Z");
            assertThat(open.path("error_count").asInt()).isEqualTo(2);
            assertThat(open.has("errors")).isFalse();
            JsonNode trusted = readiness(rig, "sk-master");
            assertThat(trusted.path("status").asString()).isEqualTo("connected");
            assertThat(trusted.path("config").path("errors").get(0).asString())
                    .isEqualTo("config.yaml:3:1: error: a");
            rig.reload(Rig.CONFIGURATION, locked);
            assertThat(readiness(rig, "").path("config").has("failed_at")).isFalse();
        }
    }

    private static JsonNode readiness(Rig rig, String key) {
        SseClient.Builder request = SseClient.to(rig.at("/health/readiness"));
        SseClient client =
                rig.keep((key.isEmpty() ? request : request.header("x-api-key", key)).get());
        assertThat(client.awaitHead().status()).isEqualTo(200);
        client.awaitEnd();
        return JSON.readTree(client.body());
    }

    private static int status(Rig rig, String model) {
        SseClient client = rig.ask(Rig.request(model, true));
        client.awaitEnd();
        return client.awaitHead().status();
    }
}
