package dev.midstream.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.Prices;
import org.junit.jupiter.api.Test;

/**
 * Source: the members that LiteLLM's {@code model_prices_and_context_window.json} has, read
 * 2026-07.
 */
class ReadsLiteLlmsCostMapTest {

    private static final String MAP =
            """
            {
              "sample_spec": {"max_input_tokens": "max input tokens, if the provider tells"},
              "gpt-4o": {
                "litellm_provider": "openai", "mode": "chat", "supports_vision": true,
                "max_input_tokens": 1000, "max_output_tokens": "500",
                "input_cost_per_token": 1e-06, "output_cost_per_token": 0.000002,
                "cache_read_input_token_cost": 5e-07, "cache_creation_input_token_cost": null,
                "search_context_cost_per_query": {"input_cost_per_token": "nothing of ours"}
              },
              "azure/my-own": {"litellm_provider": "azure", "input_cost_per_token": 3e-06},
              "claude-opus-4@20250514": {
                "litellm_provider": "vertex_ai-anthropic_models", "output_cost_per_token": 1e-05}
            }
            """;

    private static ModelCatalog catalog(String map) throws IllegalCostMap {
        return ModelCatalog.load().behind(CostMap.parse(map));
    }

    @Test
    void anEntryGoesBeforeTheCatalogue() throws IllegalCostMap {
        assertThat(catalog(MAP).of("openai", "gpt-4o"))
                .isEqualTo(new ModelFacts(1000L, 500L, new Prices(1e-6, 2e-6, 5e-7, null)));
    }

    @Test
    void whatAnEntryDoesNotSayIsTheCataloguesToSay() throws IllegalCostMap {
        ModelFacts facts =
                catalog("{\"gpt-4o\": {\"max_input_tokens\": 7}}").of("openai", "gpt-4o");
        assertThat(facts.maxInputTokens()).isEqualTo(7L);
        assertThat(facts.maxOutputTokens()).isEqualTo(16_384L);
        assertThat(facts.prices()).isNotNull();
    }

    @Test
    void anotherProvidersEntryDoesNotCount() throws IllegalCostMap {
        assertThat(catalog(MAP).of("azure", "gpt-4o").maxInputTokens()).isEqualTo(128_000L);
    }

    @Test
    void namesMayHaveTheirProviderBeforeThem() throws IllegalCostMap {
        assertThat(catalog(MAP).of("azure", "my-own").prices())
                .isEqualTo(new Prices(3e-6, 0, null, null));
    }

    @Test
    void theLongWordsForProvidersAreUnderstood() throws IllegalCostMap {
        assertThat(catalog(MAP).of("vertex_ai", "claude-opus-4@20250514").prices())
                .isEqualTo(new Prices(0, 1e-5, null, null));
    }

    @Test
    void aWrongValueIsNamedWithItsPlace() {
        assertThatThrownBy(() -> CostMap.parse("{\"m\":\n {\"max_input_tokens\": -1}}"))
                .isInstanceOfSatisfying(
                        IllegalCostMap.class,
                        e -> {
                            assertThat(e.line()).isEqualTo(2);
                            assertThat(e.column()).isEqualTo(23);
                        })
                .hasMessage("expected a number of 0 or more at `m`.max_input_tokens");
    }

    @Test
    void whatIsNoMapIsRefused() {
        for (String wrong :
                new String[] {
                    "",
                    "[]",
                    "{",
                    "{\"m\": 1}",
                    "{\"m\": {\"input_cost_per_token\": []}}",
                    "{\"m\": {\"input_cost_per_token\": \"free\"}}",
                    "{\"m\": {\"input_cost_per_token\": 1e999999999}}",
                    "{\"m\": {\"max_input_tokens\": 1" + "0".repeat(200) + "}}",
                    "[".repeat(100_000)
                }) {
            assertThatThrownBy(() -> CostMap.parse(wrong)).isInstanceOf(IllegalCostMap.class);
        }
    }

    @Test
    void everyBeginningOfAMapIsRefusedAndNothingElseHappens() throws IllegalCostMap {
        String whole = MAP.strip();
        for (int end = 0; end < whole.length(); end++) {
            String beginning = whole.substring(0, end);
            assertThatThrownBy(() -> CostMap.parse(beginning)).isInstanceOf(IllegalCostMap.class);
        }
        assertThat(CostMap.parse(whole)).isNotNull();
    }

    @Test
    void aFileThatIsTooLongIsRefused() {
        String spaces = " ".repeat(CostMap.LONGEST);
        assertThatThrownBy(() -> CostMap.parse(spaces + "{}"))
                .isInstanceOf(IllegalCostMap.class)
                .hasMessageContaining("longer than 16 million characters");
    }
}
