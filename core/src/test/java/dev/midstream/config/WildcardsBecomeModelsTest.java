package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Method;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.ModelGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsBecomeModelsTest {

    private static Given entry(String name, String params) {
        return Given.text(
                "model_list:\n  - model_name: '%s'\n    litellm_params: {%s}\n"
                        .formatted(name, params));
    }

    private static ModelGroup group(Given given, String name) {
        return new Fleet(given.read().router()).group(name).orElseThrow();
    }

    private static Deployment deployment(Given given, String name) {
        return group(given, name).deployments().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "openai/*, openai/*, openai/gpt-4o, openai, gpt-4o",
        "*, openai/*, gpt-4o, openai, gpt-4o",
        "*, *, anthropic/claude-sonnet-4-6, anthropic, claude-sonnet-4-6",
        "*, *, claude-sonnet-4-6, anthropic, claude-sonnet-4-6",
        "*, *, openrouter/meta/llama, openrouter, meta/llama",
        "claude-*, anthropic/claude-*, claude-sonnet-4-6, anthropic, claude-sonnet-4-6",
        "anything/*, openai/gpt-4o-mini, anything/at-all, openai, gpt-4o-mini",
        "hf/*, huggingface/*, hf/together/deepseek-ai/R1, huggingface, deepseek-ai/R1:together",
        "openai/*, openai/responses/*, openai/o3, openai, o3",
    })
    void theStarIsFilledWithWhatMatched(
            String name, String model, String asked, String provider, String upstream) {
        Deployment made = deployment(entry(name, "model: '" + model + "', api_key: k"), asked);

        assertThat(made.target().provider()).isEqualTo(provider);
        assertThat(made.target().model()).isEqualTo(upstream);
        assertThat(made.target().group()).isEqualTo(name);
        assertThat(made.id()).endsWith("/" + asked);
        assertThat(made.unusable()).isNull();
    }

    @Test
    void aProviderAloneIsNoModel() {
        Given given = entry("*", "model: '*', api_key: k");

        assertThat(new Fleet(given.read().router()).group("openai/")).isEmpty();
    }

    @Test
    void warnsOfNothingAndIsListedAsWritten() {
        Given given = entry("openai/*", "model: openai/*, api_key: k");

        assertThat(given.warnings()).isEmpty();
        assertThat(new Fleet(given.read().router()).names()).containsExactly("openai/*");
    }

    @Test
    void capabilitiesAndFactsAreThoseOfTheModel() {
        Given given = entry("anthropic/*", "model: anthropic/*, api_key: k, temperature: 0.5");

        Deployment older = deployment(given, "anthropic/claude-sonnet-4-5");
        Deployment newer = deployment(given, "anthropic/claude-sonnet-4-6");
        assertThat(older.methods()).contains(Method.PREFILL);
        assertThat(newer.methods()).doesNotContain(Method.PREFILL);
        assertThat(newer.facts().maxInputTokens()).isEqualTo(1_000_000L);
        assertThat(newer.target().defaults()).containsKey("temperature");
    }

    @Test
    void urlsThatNameTheModelNameTheRightOne() {
        Deployment azure =
                deployment(
                        entry(
                                "azure/*",
                                "model: azure/*, api_key: k, api_base: 'https://r.example', api_version: '2025-03-01'"),
                        "azure/my/gpt 4".replace(' ', '-'));
        assertThat(azure.endpoint().plain().toString())
                .isEqualTo(
                        "https://r.example/openai/deployments/my%2Fgpt-4/chat/completions?api-version=2025-03-01");
        Given vertex =
                entry("v/*", "model: vertex_ai/*, vertex_project: p, vertex_location: us-east5");
        assertThat(deployment(vertex, "v/claude-opus-4-6").endpoint().stream().toString())
                .endsWith("/publishers/anthropic/models/claude-opus-4-6:streamRawPredict");
        assertThat(deployment(vertex, "v/gemini-3").unusable()).contains("only Claude");
    }

    @Test
    void otherProvidersAreAskedByTheirOwnKeysOnly() {
        Given given =
                entry("*", "model: '*', api_key: sk-openai").with("ANTHROPIC_API_KEY", "sk-ant");

        assertThat(deployment(given, "gpt-4o").endpoint().credential().toString())
                .contains("Authorization");
        Deployment claude = deployment(given, "anthropic/claude-opus-4-6");
        assertThat(claude.endpoint().credential())
                .isInstanceOfSatisfying(
                        Credential.Header.class,
                        header -> assertThat(header.secret().reveal()).isEqualTo("sk-ant"));
        assertThat(deployment(given, "mistral/mistral-large").endpoint().credential())
                .isInstanceOf(Credential.Missing.class);
        assertThat(deployment(given, "bedrock/x").unusable()).contains("`bedrock`");
        assertThat(new Fleet(given.read().router()).group("nobodys-model")).isEmpty();
    }

    @Test
    void fallbacksAreNamedForOneModelOrForThePattern() {
        String both =
                """
                model_list:
                  - {model_name: "openai/*", litellm_params: {model: "openai/*", api_key: k}}
                  - {model_name: "claude-*", litellm_params: {model: "anthropic/claude-*", api_key: k}}
                router_settings:
                  fallbacks:
                    - openai/gpt-4o: [claude-opus-4-6]
                    - openai/*: [claude-haiku-4-5, openai/gpt-4o]
                  context_window_fallbacks: [{openai/*: [claude-sonnet-4-6]}]
                  model_group_alias: {best: openai/gpt-5}
                """;
        Given given = Given.text(both);

        assertThat(given.warnings()).isEmpty();
        assertThat(group(given, "openai/gpt-4o").fallbacks().general())
                .isEqualTo(Fallback.to("claude-opus-4-6"));
        assertThat(group(given, "openai/gpt-4o").fallbacks().contextWindow())
                .isEqualTo(Fallback.to("claude-sonnet-4-6"));
        assertThat(group(given, "openai/o3").fallbacks().general())
                .isEqualTo(Fallback.to("claude-haiku-4-5", "openai/gpt-4o"));
        assertThat(group(given, "best").name()).isEqualTo("openai/gpt-5");
    }

    @Test
    void whatStandsForManyModelsCannotBeAFallback() {
        String text =
                """
                model_list: [{model_name: "openai/*", litellm_params: {model: "openai/*", api_key: k}}]
                router_settings: {default_fallbacks: ["openai/*"], model_group_alias: {a: "openai/*"}}
                """;
        assertThat(Given.text(text).rejected())
                .hasSize(2)
                .allSatisfy(error -> assertThat(error).contains("stands for many models"));
    }

    @Test
    void aStarThatNothingFillsIsUnusable() {
        assertThat(Given.params("model: 'openai/*', api_key: k").deployment().unusable())
                .isEqualTo("nothing fills the `*` of `*`: `model_name` has none");
    }
}
