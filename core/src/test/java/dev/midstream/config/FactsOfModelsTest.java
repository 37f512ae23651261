package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.Prices;
import org.junit.jupiter.api.Test;

/** What is known of a deployment's model: by the configuration, a cost map, the catalogue. */
class FactsOfModelsTest {

    private static final String MAP = "general_settings: {model_cost_map: costs.json}\n";

    @Test
    void theCatalogueKnowsUsualModels() {
        ModelFacts facts = Given.params("model: openai/gpt-4o, api_key: k").deployment().facts();
        assertThat(facts.maxInputTokens()).isEqualTo(128_000L);
        assertThat(facts.prices()).isEqualTo(new Prices(2.5e-6, 10e-6, 1.25e-6, null));
    }

    @Test
    void whatTheConfigurationSaysCounts() {
        ModelFacts facts =
                Given.info("max_input_tokens: 5, input_cost_per_token: 0.1").deployment().facts();
        assertThat(facts).isEqualTo(new ModelFacts(5L, 16_384L, new Prices(0.1, 0, null, null)));
    }

    @Test
    void aBaseModelIsLookedUpInstead() {
        String azure =
                "model_list: [{model_name: m, litellm_params: {model: azure/mine, api_key: k, api_base: 'https://a.openai.azure.com'}, model_info: {base_model: %s}}]";
        ModelFacts known = Given.info("mode: chat").deployment().facts();
        assertThat(Given.text(azure.formatted("gpt-4o")).deployment().facts()).isEqualTo(known);
        assertThat(Given.text(azure.formatted("azure/gpt-4o")).deployment().facts())
                .isEqualTo(known);
        assertThat(Given.text(azure.formatted("azure/none")).deployment().facts())
                .isEqualTo(ModelFacts.UNKNOWN);
    }

    @Test
    void aCostMapGoesBeforeTheCatalogue() {
        Given given =
                Given.sections(MAP)
                        .file("costs.json", "{\"gpt-4o\": {\"input_cost_per_token\": 0.5}}");
        assertThat(given.deployment().facts().prices()).isEqualTo(new Prices(0.5, 0, null, null));
        assertThat(given.warnings()).isEmpty();
    }

    @Test
    void aWrongCostMapIsAnErrorThatNamesFileAndPlace() {
        assertThat(Given.sections(MAP).file("costs.json", "{\"m\": 1}").rejected())
                .containsExactly(
                        "config.yaml:4:36: error: `model_cost_map`: costs.json:1:7: expected `m` to be an object");
        assertThat(Given.sections(MAP).rejected())
                .containsExactly(
                        "config.yaml:4:36: error: `model_cost_map`: the file `costs.json` cannot be read: no such file");
        assertThat(
                        Given.sections("general_settings: {model_cost_map: 'https://a/b.json'}\n")
                                .rejected())
                .containsExactly(
                        "config.yaml:4:36: error: `model_cost_map`: `https://a/b.json` is not the path of a file; nothing is fetched");
    }
}
