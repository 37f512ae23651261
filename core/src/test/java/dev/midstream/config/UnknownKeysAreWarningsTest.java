package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Json;
import dev.midstream.routing.Fallback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that nobody knows, or that does nothing yet, is named with its place and never fatal. */
class UnknownKeysAreWarningsTest {

    @ParameterizedTest
    @CsvSource({
        "router_settings: {mid_steam: error}, 'unknown key `mid_steam` in `router_settings`; did you mean `mid_stream`?'",
        "router_settings: {routing_groups: []}, '`routing_groups` is understood by LiteLLM and has no effect here yet'",
        "litellm_settings: {callbacks: [x]}, '`x` in `callbacks` has no effect here; `prometheus` and `otel` have'",
        "litellm_settings: {json_logs: true}, '`json_logs` is understood by LiteLLM and has no effect here yet'",
        "general_settings: {num_retries: 3}, '`num_retries` has no effect in `general_settings`; it belongs in `router_settings`'",
        "router_settings: {master_key: k}, '`master_key` has no effect in `router_settings`; it belongs in `general_settings`'",
        "guardrails: [], '`guardrails` is understood by LiteLLM and has no effect here yet'",
        "router_setings: {}, 'unknown key `router_setings` in the configuration; did you mean `router_settings`?'",
        "router_settings: {xyzzy: 1}, 'unknown key `xyzzy` in `router_settings`'",
    })
    void isNamed(String section, String message) {
        assertThat(Given.sections(section + "\n").warnings())
                .singleElement()
                .asString()
                .endsWith(": warning: " + message);
    }

    @Test
    void withItsLineAndColumn() {
        assertThat(Given.sections("router_settings:\n  num_retries: 1\n  xyzzy: 1\n").warnings())
                .containsExactly(
                        "config.yaml:6:3: warning: unknown key `xyzzy` in `router_settings`");
    }

    @Test
    void aParameterThatNobodyKnowsGoesToTheProviderAndIsNamed() {
        Given given =
                Given.params("model: openai/x, api_key: k, api_bse: 'http://h', temperature: 0.70");
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:3:51: warning: `api_bse` is no key of `litellm_params`; it is sent to the provider with each request; did you mean `api_base`?");
        assertThat(given.deployment().target().defaults())
                .containsEntry("api_bse", new Json("\"http://h\""))
                .containsEntry("temperature", new Json("0.70"));
    }

    @Test
    void aParameterForOtherProvidersIsNamedAndStaysHere() {
        Given given = Given.params("model: openai/x, api_key: k, api_version: '2024-02-01'");
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:3:51: warning: `api_version` has no effect for this deployment");
        assertThat(given.deployment().target().defaults()).isEmpty();
        assertThat(
                        Given.params("model: openai/x, api_key: k, vertex_credentials: '{}'")
                                .deployment()
                                .target()
                                .defaults())
                .isEmpty();
    }

    @Test
    void anAzureDeploymentWithoutAServerIsOneWarning() {
        assertThat(Given.params("model: azure/x, api_key: k, api_version: '2024-02-01'").warnings())
                .singleElement()
                .asString()
                .contains("has no `api_base`");
    }

    @Test
    void factsUnderModelInfoAreNobodysBusiness() {
        assertThat(
                        Given.info(
                                        "id: x, base_model: y, max_tokens: 5, our_own_note: z, mode: chat")
                                .warnings())
                .isEmpty();
        assertThat(Given.info("supports_asistant_prefill: false").warnings())
                .singleElement()
                .asString()
                .endsWith(
                        "unknown key `supports_asistant_prefill` in `model_info`; did you mean `supports_assistant_prefill`?");
    }

    @Test
    void aProviderThatIsNotThereYetIsOneWarning() {
        Given given =
                Given.params(
                        "model: bedrock/anthropic.claude-3, aws_region_name: us-east-1, aws_access_key_id: os.environ/NOBODY");
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:3:21: warning: `m`: the provider `bedrock` is not there yet; requests to it are answered by 501");
        assertThat(given.deployment().unusable())
                .isEqualTo("the provider `bedrock` is not there yet");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini/gemini-2.5-pro, 'the provider `gemini`'",
        "cohere/command-r, 'the provider `cohere`'",
    })
    void whatIsNotThereYetIsUnusable(String model, String what) {
        assertThat(Given.params("model: '" + model + "', api_key: k").deployment().unusable())
                .contains(what, "not there yet");
    }

    @Test
    void aModeThatIsNotThereYetIsUnusable() {
        assertThat(Given.info("mode: image_generation").deployment().unusable())
                .contains("`image_generation` is not there yet");
    }

    @Test
    void anUnusableDeploymentsGroupMayBeAFallback() {
        assertThat(
                        Given.text(
                                        """
                                        model_list:
                                          - {model_name: a, litellm_params: {model: openai/x, api_key: k}}
                                          - {model_name: b, litellm_params: {model: bedrock/x}}
                                        router_settings: {fallbacks: [{a: [b]}]}
                                        """)
                                .group()
                                .fallbacks()
                                .general())
                .extracting(Fallback::model)
                .containsExactly("b");
    }

    @Test
    void oldBooleansAreReadAndSaidSo() {
        Given given =
                Given.sections("router_settings: {disable_fallbacks: yes, seam_comments: 'off'}\n");
        assertThat(given.read().router().settings().disableFallbacks()).isTrue();
        assertThat(given.read().router().settings().seamComments()).isFalse();
        assertThat(given.warnings())
                .first()
                .asString()
                .endsWith("`yes` is a boolean in YAML 1.1 only; read as `true`, write that");
    }
}
