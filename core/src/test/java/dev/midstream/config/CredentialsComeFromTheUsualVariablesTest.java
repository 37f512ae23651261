package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Without {@code api_key} or {@code api_base} the provider's usual variables count, as in LiteLLM.
 */
class CredentialsComeFromTheUsualVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4o, OPENAI_API_KEY, Authorization, 'Bearer '",
        "gpt-4o, OPENAI_API_KEY, Authorization, 'Bearer '",
        "anthropic/claude-sonnet-4-6, ANTHROPIC_API_KEY, x-api-key, ''",
        "groq/llama-3.3-70b, GROQ_API_KEY, Authorization, 'Bearer '",
        "together_ai/x, TOGETHERAI_API_KEY, Authorization, 'Bearer '",
        "deepseek/deepseek-chat, DEEPSEEK_API_KEY, Authorization, 'Bearer '",
        "hosted_vllm/x, HOSTED_VLLM_API_KEY, Authorization, 'Bearer '",
    })
    void theKeyDoes(String model, String variable, String header, String prefix) {
        Given given =
                Given.params("model: " + model)
                        .with(variable, "sk-1")
                        .with("HOSTED_VLLM_API_BASE", "http://h:1/v1");
        assertThat(given.deployment().endpoint().credential())
                .isEqualTo(new Credential.Header(header, prefix, Secret.of("sk-1")));
        assertThat(given.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openai/m, OPENAI_BASE_URL, http://h/v1, http://h/v1/chat/completions",
        "openai/m, OPENAI_API_BASE, http://h/v1/, http://h/v1/chat/completions",
        "anthropic/m, ANTHROPIC_BASE_URL, http://h, http://h/v1/messages",
        "anthropic/m, ANTHROPIC_API_BASE, http://h/v1/messages, http://h/v1/messages",
        "ollama/m, OLLAMA_API_BASE, http://h:11434, http://h:11434/v1/chat/completions",
        "groq/m, GROQ_API_BASE, http://h/openai/v1, http://h/openai/v1/chat/completions",
    })
    void theUrlDoes(String model, String variable, String base, String url) {
        Given given = Given.params("model: " + model + ", api_key: k").with(variable, base);
        assertThat(given.deployment().endpoint().stream()).hasToString(url);
    }

    @Test
    void theConfigurationsOwnCountFirst() {
        Given given =
                Given.params("model: openai/m, api_key: mine, api_base: 'http://mine/v1'")
                        .with("OPENAI_API_KEY", "usual")
                        .with("OPENAI_BASE_URL", "http://usual/v1");
        assertThat(given.deployment().endpoint().stream())
                .hasToString("http://mine/v1/chat/completions");
        assertThat(given.deployment().endpoint().credential())
                .isEqualTo(new Credential.Header("Authorization", "Bearer ", Secret.of("mine")));
    }

    @Test
    void azureIsAskedByKey() {
        Given given =
                Given.params("model: azure/my-gpt")
                        .with("AZURE_API_KEY", "k")
                        .with("AZURE_API_BASE", "https://r.openai.azure.com/")
                        .with("AZURE_API_VERSION", "2024-10-21");
        assertThat(given.deployment().endpoint().plain())
                .hasToString(
                        "https://r.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21");
        assertThat(given.deployment().endpoint().credential())
                .isEqualTo(new Credential.Header("api-key", "", Secret.of("k")));
    }

    @Test
    void nobodysKeyIsAWarningAndNoError() {
        Given given = Given.params("model: groq/llama-3.3-70b");
        String message =
                "`m` has no `api_key`: set GROQ_API_KEY, or `api_key` in its `litellm_params`";
        assertThat(given.deployment().endpoint().credential())
                .isEqualTo(new Credential.Missing(message));
        assertThat(given.warnings()).containsExactly("config.yaml:3:21: warning: " + message);
    }

    @Test
    void aServerOfOnesOwnNeedsNoKey() {
        for (String params :
                new String[] {
                    "model: ollama/llama3",
                    "model: hosted_vllm/x, api_base: 'http://h:1/v1'",
                    "model: openai/x, api_base: 'http://h:1/v1'",
                    "model: openai/x, api_base: 'http://h:1/v1', api_key: ''"
                }) {
            assertThat(Given.params(params).deployment().endpoint().credential())
                    .isEqualTo(new Credential.None());
            assertThat(Given.params(params).warnings()).isEmpty();
        }
    }

    @Test
    void aServerThatNobodyNamedIsMissing() {
        Given given = Given.params("model: hosted_vllm/x");
        assertThat(given.deployment().endpoint().credential())
                .isInstanceOf(Credential.Missing.class);
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:3:21: warning: `m` has no `api_base`: set HOSTED_VLLM_API_BASE, or `api_base` in its `litellm_params`");
    }

    @Test
    void theMasterKeyMayComeFromItsVariable() {
        assertThat(
                        Given.text(Given.ONE_MODEL)
                                .with("LITELLM_MASTER_KEY", "sk-m")
                                .read()
                                .general()
                                .masterKey())
                .isEqualTo(Secret.of("sk-m"));
        assertThat(Given.text(Given.ONE_MODEL).read().general().masterKey()).isNull();
    }

    @Test
    void aHeaderThatIsTheCredentialIsTheCredential() {
        Given given =
                Given.params(
                        "model: openai/x, extra_headers: {Authorization: Basic abc, X-Team: blue}");
        assertThat(given.deployment().endpoint().credential())
                .isEqualTo(new Credential.Header("Authorization", "", Secret.of("Basic abc")));
        assertThat(given.deployment().endpoint().headers()).isEqualTo(Map.of("X-Team", "blue"));
    }

    @Test
    void aCredentialOfTheListMayBeNamed() {
        Given given =
                Given.text(
                        """
                        credential_list:
                          - credential_name: mine
                            credential_values: {api_key: sk-9, api_base: 'http://h/v1'}
                        model_list:
                          - model_name: m
                            litellm_params: {model: openai/x, litellm_credential_name: mine}
                        """);
        assertThat(given.warnings()).isEmpty();
        assertThat(given.deployment().endpoint().stream())
                .hasToString("http://h/v1/chat/completions");
        assertThat(given.deployment().endpoint().credential())
                .isEqualTo(new Credential.Header("Authorization", "Bearer ", Secret.of("sk-9")));
        assertThat(Given.params("model: openai/x, litellm_credential_name: theirs").rejected())
                .anySatisfy(
                        e ->
                                assertThat(e)
                                        .contains(
                                                "no credential `theirs` stands in `credential_list`"));
    }
}
