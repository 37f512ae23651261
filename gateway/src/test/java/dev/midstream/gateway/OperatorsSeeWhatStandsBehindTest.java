package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.model.Secret;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms are those of LiteLLM's documentation of /model/info, /model_group/info and /health. */
class OperatorsSeeWhatStandsBehindTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/one, api_base: os.environ/PRIMARY, api_key: sk-primary, rpm: 10, tpm: 1000}
                model_info: {id: first, input_cost_per_token: 0.000002, max_input_tokens: 1000, owner: river, supports_vision: true, note: os.environ/NOTE}
              - model_name: primary
                litellm_params: {model: openai/two, api_base: os.environ/FALLBACK, api_key: sk-fallback, rpm: 5}
                model_info: {id: second, max_input_tokens: 5000, supports_vision: false}
              - model_name: rock
                litellm_params: {model: bedrock/anthropic.claude, api_key: sk-x}
            router_settings: {num_retries: 0, cooldown_time: 300}
            general_settings: {master_key: sk-master}
            """;

    @Test
    void eachDeploymentIsShownWithoutItsCredentials() {
        try (Rig rig = rig()) {
            JsonNode data = get(rig, "/model/info", 200).path("data");
            assertThat(data).hasSize(3);
            JsonNode first = data.get(0);
            assertThat(first.path("model_name").asString()).isEqualTo("primary");
            JsonNode params = first.path("litellm_params");
            assertThat(params.path("model").asString()).isEqualTo("openai/one");
            assertThat(params.path("api_base").asString())
                    .startsWith(rig.primary.baseUrl().toString());
            JsonNode info = first.path("model_info");
            assertThat(info.path("id").asString()).isEqualTo("first");
            assertThat(info.path("owner").asString()).isEqualTo("river");
            assertThat(info.path("note").asString()).isEqualTo("os.environ/NOTE");
            assertThat(info.path("mode").asString()).isEqualTo("chat");
            assertThat(info.path("max_input_tokens").asInt()).isEqualTo(1000);
            assertThat(info.path("input_cost_per_token").asDouble()).isEqualTo(2e-6);
            assertThat(info.path("cache_read_input_token_cost").isNull()).isTrue();
            assertThat(data.toString()).doesNotContain("sk-", "nowhere.invalid");
        }
    }

    @Test
    void oneDeploymentIsFoundByItsId() {
        try (Rig rig = rig()) {
            JsonNode data = get(rig, "/v1/model/info?litellm_model_id=second", 200).path("data");
            assertThat(data).hasSize(1);
            assertThat(data.get(0).path("model_info").path("id").asString()).isEqualTo("second");
            JsonNode error = get(rig, "/model/info?litellm_model_id=third", 404).path("error");
            assertThat(error.path("code").asString()).isEqualTo("model_not_found");
        }
    }

    @Test
    void aGroupIsTheSumOfItsDeployments() {
        try (Rig rig = rig()) {
            assertThat(get(rig, "/model_group/info", 200).path("data")).hasSize(2);
            JsonNode data = get(rig, "/model_group/info?model_group=primary", 200).path("data");
            assertThat(data).hasSize(1);
            JsonNode group = data.get(0);
            assertThat(group.path("model_group").asString()).isEqualTo("primary");
            assertThat(group.path("providers").get(0).asString()).isEqualTo("openai");
            assertThat(group.path("providers")).hasSize(1);
            assertThat(group.path("max_input_tokens").asInt()).isEqualTo(5000);
            assertThat(group.path("max_output_tokens").isNull()).isTrue();
            assertThat(group.path("input_cost_per_token").asDouble()).isEqualTo(2e-6);
            assertThat(group.path("rpm").asInt()).isEqualTo(15);
            assertThat(group.path("tpm").asInt()).isEqualTo(1000);
            assertThat(group.path("supports_vision").asBoolean()).isTrue();
            assertThat(group.path("supports_function_calling").isNull()).isTrue();
            assertThat(get(rig, "/model_group/info?model_group=none", 200).path("data")).isEmpty();
        }
    }

    @Test
    void healthTellsWhoIsLeftAloneAndWhyWithoutAskingAnybody() {
        try (Rig rig = rig()) {
            JsonNode before = get(rig, "/health", 200);
            assertThat(before.path("healthy_count").asInt()).isEqualTo(2);
            assertThat(before.path("unhealthy_endpoints").get(0).path("error").asString())
                    .contains("bedrock");
            rig.primary.enqueue(Answer.error(503, "server_error", "Down."));
            rig.ask(Rig.request("first", true)).awaitEnd();
            JsonNode after = get(rig, "/health?model=primary", 200);
            assertThat(after.path("healthy_count").asInt()).isEqualTo(1);
            assertThat(after.path("unhealthy_count").asInt()).isEqualTo(1);
            JsonNode down = after.path("unhealthy_endpoints").get(0);
            assertThat(down.path("model_id").asString()).isEqualTo("first");
            assertThat(down.path("model_name").asString()).isEqualTo("primary");
            assertThat(down.path("error").asString()).isNotBlank();
            assertThat(down.path("cooled_for_seconds").asInt()).isBetween(1, 300);
            assertThat(rig.primary.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/model/info", "/v1/model/info", "/model_group/info", "/health"})
    void onlyWithTheKey(String path) {
        GatewayOptions locked = GatewayOptions.DEFAULTS.withMasterKey(Secret.of("sk-master"));
        try (Rig rig = new Rig(TransportKind.AUTO, CONFIGURATION, locked)) {
            assertThat(get(rig, path, 401).has("error")).isTrue();
        }
    }

    private static JsonNode get(Rig rig, String path, int status) {
        SseClient client = rig.keep(SseClient.to(rig.at(path)).get());
        assertThat(client.awaitHead().status()).isEqualTo(status);
        client.awaitEnd();
        return JSON.readTree(client.body());
    }

    private static Rig rig() {
        return new Rig(TransportKind.AUTO, CONFIGURATION, GatewayOptions.DEFAULTS);
    }
}
