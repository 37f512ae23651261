package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /v1/embeddings}, asked by OpenAI's own client.
 *
 * <p><b>Source</b> of the answers: OpenAI's API reference on embeddings (read 2026-11).
 */
final class EmbeddingsAreServedTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: vectors
                litellm_params: {model: openai/text-embedding-3-small, api_base: os.environ/PRIMARY, api_key: sk-primary, dimensions: 256}
                model_info: {mode: embedding}
              - model_name: other-vectors
                litellm_params: {model: mistral/mistral-embed, api_base: os.environ/FALLBACK, api_key: sk-fallback}
              - model_name: talker
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_base: os.environ/FALLBACK, api_key: sk-x}
            router_settings:
              fallbacks: [{vectors: [talker, other-vectors]}]
              num_retries: 1
            """;

    private final Rig rig = new Rig(TransportKind.AUTO, CONFIGURATION, GatewayOptions.DEFAULTS);
    private final OpenAIClient client =
            OpenAIOkHttpClient.builder()
                    .baseUrl(rig.gateway.baseUrl().toString())
                    .apiKey("none")
                    .maxRetries(0)
                    .build();

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        rig.awaitIdle();
        rig.close();
    }

    @Test
    void anAnswerIsHandedOnAsItCame() throws InterruptedException {
        answer(rig.primary, vectors("text-embedding-3-small", 2));
        CreateEmbeddingResponse made = embed("vectors", "one", "two");
        assertThat(made.data()).hasSize(2);
        assertThat(made.data().getLast().embedding()).containsExactly(0.5f, -0.25f);
        assertThat(made.usage().promptTokens()).isEqualTo(7);
        JsonNode asked = rig.primary.requests().getFirst().json();
        assertThat(asked.path("model").asString()).isEqualTo("text-embedding-3-small");
        assertThat(asked.path("dimensions").asInt()).isEqualTo(256);
        assertThat(asked.path("input")).hasSize(2);
        assertThat(asked.has("stream")).isFalse();
        JsonNode line = JsonMapper.shared().readTree(rig.nextLogLine());
        assertThat(line.path("protocol").asString()).isEqualTo("openai-embeddings");
        assertThat(line.path("outcome").asString()).isEqualTo("completed");
        assertThat(line.at("/attempts/0/usage/input").asInt()).isEqualTo(7);
    }

    @Test
    void aProviderThatFailsIsFollowedByTheNextOneThatMakesEmbeddings() {
        refuse(rig.primary, 500, "{\"error\":{\"message\":\"Down.\",\"type\":\"server_error\"}}");
        answer(rig.fallback, vectors("mistral-embed", 1));
        CreateEmbeddingResponse made = embed("vectors", "one");
        assertThat(made.model()).isEqualTo("mistral-embed");
        assertThat(rig.fallback.requests())
                .singleElement()
                .satisfies(r -> assertThat(r.path()).isEqualTo("/v1/embeddings"));
    }

    @Test
    void aTornAnswerIsNoAnswer() {
        String whole = vectors("text-embedding-3-small", 3);
        answer(rig.primary, whole.substring(0, whole.length() / 2));
        answer(rig.fallback, vectors("mistral-embed", 3));
        assertThat(embed("vectors", "a", "b", "c").model()).isEqualTo("mistral-embed");
    }

    @Test
    void theProvidersOwnErrorArrives() {
        String error =
                "{\"error\":{\"message\":\"Too long.\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":null}}";
        refuse(rig.fallback, 400, error);
        assertThatThrownBy(() -> embed("other-vectors", "one"))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.getMessage()).contains("Too long."));
    }

    @Test
    void aModelThatOnlyConversesIsNotLeftAloneForHavingNone() {
        String error =
                "{\"error\":{\"message\":\"No such model.\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}";
        refuse(rig.fallback, 404, error);
        assertThatThrownBy(() -> embed("other-vectors", "one"))
                .isInstanceOf(NotFoundException.class);
        assertThat(rig.gateway.deployments())
                .allSatisfy(state -> assertThat(state.cooledFor()).isNull());
    }

    @Test
    void whoMakesNoEmbeddingsSaysSoAndWhoMakesOnlyThoseToo() {
        assertThatThrownBy(() -> embed("talker", "one"))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.getMessage()).contains("makes no embeddings"));
        SseClient chat = rig.ask(Rig.request("vectors", true));
        assertThat(chat.awaitHead().status()).isEqualTo(400);
        chat.awaitEnd();
        assertThat(chat.text()).contains("/v1/embeddings");
        assertThat(rig.primary.requests()).isEmpty();
    }

    @Test
    void badRequestsNameTheirPlace() {
        assertThat(refused("{\"model\":\"vectors\"}")).contains("\"param\":\"input\"");
        assertThat(refused("{\"model\":\"vectors\",\"input\":[]}")).contains("\"param\":\"input\"");
        assertThat(refused("{\"model\":\"vectors\",\"input\":[{}]}")).contains("input[0]");
        assertThat(refused("{\"input\":\"x\"}")).contains("\"param\":\"model\"");
        assertThat(refused("{\"model\":\"vectors\",\"input\":\"x\",\"api_base\":\"http://x\"}"))
                .contains("api_base");
    }

    private String refused(String body) {
        SseClient asked = rig.keep(SseClient.post(rig.at("/v1/embeddings"), body));
        assertThat(asked.awaitHead().status()).isEqualTo(400);
        asked.awaitEnd();
        return asked.text();
    }

    private CreateEmbeddingResponse embed(String model, String... texts) {
        return client.embeddings()
                .create(
                        EmbeddingCreateParams.builder()
                                .model(model)
                                .inputOfArrayOfStrings(List.of(texts))
                                .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                                .build());
    }

    private static void answer(ScriptedProvider provider, String document) {
        refuse(provider, 200, document);
    }

    private static void refuse(ScriptedProvider provider, int status, String document) {
        Step.Status step =
                new Step.Status(status, Map.of("content-type", "application/json"), document);
        provider.route("/v1/embeddings", Answer.of(step));
    }

    private static String vectors(String model, int count) {
        List<String> data = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            data.add(
                    "{\"object\":\"embedding\",\"index\":%d,\"embedding\":[0.5,-0.25]}"
                            .formatted(i));
        }
        return "{\"object\":\"list\",\"data\":[%s],\"model\":\"%s\",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}"
                .formatted(String.join(",", data), model);
    }
}
