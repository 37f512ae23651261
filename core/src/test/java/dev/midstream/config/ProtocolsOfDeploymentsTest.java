package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Seal;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Face;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtocolsOfDeploymentsTest {

    @Test
    void openAiServesResponsesToThoseWhoSpeakThem() {
        Deployment deployment = Given.params("model: openai/gpt-5, api_key: k").deployment();
        assertThat(deployment.face().protocol()).isEqualTo("openai-chat");
        Face responses = deployment.face("openai-responses");
        assertThat(responses.protocol()).isEqualTo("openai-responses");
        assertThat(responses.endpoint().plain()).hasToString("https://api.openai.com/v1/responses");
        assertThat(responses.target().model()).isEqualTo("gpt-5");
        assertThat(deployment.face("anthropic-messages").protocol()).isEqualTo("openai-chat");
    }

    @ParameterizedTest
    @CsvSource({
        "responses, openai/gpt-5, openai-responses, openai-responses",
        "chat, openai/gpt-5, openai-chat, openai-chat",
        "responses, groq/openai/gpt-oss-120b, openai-responses, openai-responses",
        "chat, anthropic/claude-sonnet-4-6, anthropic-messages, anthropic-messages",
        "responses, anthropic/claude-sonnet-4-6, anthropic-messages, anthropic-messages",
    })
    void theModeDecides(String mode, String model, String usual, String toResponses) {
        Deployment deployment =
                Given.text(
                                "model_list:\n  - model_name: m\n    litellm_params: {model: "
                                        + model
                                        + ", api_key: k}\n    model_info: {mode: "
                                        + mode
                                        + "}\n")
                        .deployment();
        assertThat(deployment.face().protocol()).isEqualTo(usual);
        assertThat(deployment.face("openai-responses").protocol()).isEqualTo(toResponses);
    }

    @Test
    void liteLlmsPrefixAsksByResponsesOnly() {
        Deployment deployment =
                Given.params("model: openai/responses/gpt-5-pro, api_key: k").deployment();
        assertThat(deployment.face().protocol()).isEqualTo("openai-responses");
        assertThat(deployment.target().model()).isEqualTo("gpt-5-pro");
    }

    @Test
    void reasoningIsReadByTheSameAccountOrByEveryHomeOfClaude() {
        assertThat(origin("model: anthropic/claude-sonnet-4-6, api_key: a")).isEqualTo(Seal.CLAUDE);
        String one = origin("model: openai/gpt-5, api_key: a");
        assertThat(origin("model: openai/gpt-5-mini, api_key: a")).isEqualTo(one);
        assertThat(origin("model: openai/gpt-5, api_key: b")).isNotEqualTo(one);
        assertThat(origin("model: openai/gpt-5, api_key: a, api_base: 'https://eu.example/v1'"))
                .isNotEqualTo(one);
        assertThat(one).startsWith("openai/").doesNotContain("a,");
    }

    private static String origin(String params) {
        return Given.params(params).deployment().target().origin();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "responses", "embedding"})
    void theServerIsShownWithoutThePathOfTheProtocol(String mode) {
        assertThat(Given.info("mode: " + mode).deployment().endpoint().base())
                .isEqualTo("https://api.openai.com/v1");
    }
}
