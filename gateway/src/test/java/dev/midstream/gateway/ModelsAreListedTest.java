package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.SseClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms are those of OpenAI's and Anthropic's API references on models (read 2026-11). */
class ModelsAreListedTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: one
                litellm_params: {model: openai/one, api_key: sk-1}
              - model_name: team/two
                litellm_params: {model: openai/two, api_key: sk-2}
              - model_name: three+x
                litellm_params: {model: openai/three, api_key: sk-3}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/models", "/v1/models/"})
    void inOpenAisForm(String path) {
        try (Rig rig = rig()) {
            JsonNode list = get(rig, path, 200, false);
            assertThat(list.path("object").asString()).isEqualTo("list");
            assertThat(ids(list)).containsExactly("one", "team/two", "three+x");
            assertThat(list.path("data").get(0).path("object").asString()).isEqualTo("model");
            assertThat(list.path("data").get(0).path("created").isIntegralNumber()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/one,one",
        "/models/one,one",
        "/v1/models/team/two,team/two",
        "/v1/models/team%2Ftwo,team/two",
        "/v1/models/three+x,three+x",
        "/v1/models/three%2Bx,three+x"
    })
    void eachAloneWhateverItsNameHas(String path, String id) {
        try (Rig rig = rig()) {
            JsonNode model = get(rig, path, 200, false);
            assertThat(model.path("id").asString()).isEqualTo(id);
            assertThat(model.path("object").asString()).isEqualTo("model");
            assertThat(get(rig, path, 200, true).path("type").asString()).isEqualTo("model");
        }
    }

    @Test
    void anUnknownOneIsNotFoundInTheFormOfWhoAsks() {
        try (Rig rig = rig()) {
            JsonNode error = get(rig, "/v1/models/four", 404, false).path("error");
            assertThat(error.path("code").asString()).isEqualTo("model_not_found");
            assertThat(error.path("message").asString()).contains("four");
            JsonNode other = get(rig, "/v1/models/four", 404, true);
            assertThat(other.path("type").asString()).isEqualTo("error");
            assertThat(other.path("error").path("type").asString()).isEqualTo("not_found_error");
        }
    }

    @Test
    void inAnthropicsFormPageByPage() {
        try (Rig rig = rig()) {
            JsonNode all = get(rig, "/v1/models", 200, true);
            assertThat(ids(all)).containsExactly("one", "team/two", "three+x");
            assertThat(all.path("has_more").asBoolean()).isFalse();
            assertThat(all.path("first_id").asString()).isEqualTo("one");
            assertThat(all.path("last_id").asString()).isEqualTo("three+x");
            JsonNode model = all.path("data").get(0);
            assertThat(model.path("type").asString()).isEqualTo("model");
            assertThat(model.path("display_name").asString()).isEqualTo("one");
            assertThat(model.path("created_at").asString()).endsWith("Z");
            JsonNode first = get(rig, "/v1/models?limit=2", 200, true);
            assertThat(ids(first)).containsExactly("one", "team/two");
            assertThat(first.path("has_more").asBoolean()).isTrue();
            JsonNode second = get(rig, "/v1/models?limit=2&after_id=team%2Ftwo", 200, true);
            assertThat(ids(second)).containsExactly("three+x");
            assertThat(second.path("has_more").asBoolean()).isFalse();
            JsonNode back = get(rig, "/v1/models?limit=1&before_id=three%2Bx", 200, true);
            assertThat(ids(back)).containsExactly("team/two");
            assertThat(back.path("has_more").asBoolean()).isTrue();
            JsonNode none = get(rig, "/v1/models?after_id=three%2Bx", 200, true);
            assertThat(ids(none)).isEmpty();
            assertThat(none.path("last_id").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "many", "-1"})
    void aLimitThatIsNoneIsRefused(String limit) {
        try (Rig rig = rig()) {
            JsonNode error = get(rig, "/v1/models?limit=" + limit, 400, true);
            assertThat(error.path("error").path("type").asString())
                    .isEqualTo("invalid_request_error");
        }
    }

    private static List<String> ids(JsonNode list) {
        return list.path("data").valueStream().map(m -> m.path("id").asString()).toList();
    }

    private static JsonNode get(Rig rig, String path, int status, boolean asAnthropic) {
        SseClient.Builder request = SseClient.to(rig.at(path));
        if (asAnthropic) {
            request.header("anthropic-version", "2023-06-01");
        }
        SseClient client = rig.keep(request.get());
        assertThat(client.awaitHead().status()).isEqualTo(status);
        client.awaitEnd();
        return JSON.readTree(client.body());
    }

    private static Rig rig() {
        return new Rig(TransportKind.AUTO, CONFIGURATION, GatewayOptions.DEFAULTS);
    }
}
