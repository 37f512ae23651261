package dev.midstream.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.Prices;
import dev.midstream.yaml.DataFile;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The catalogue that ships with the engine. */
class KnowsWhatModelsCostTest {

    private static final ModelCatalog CATALOG = ModelCatalog.load();

    @Test
    void aModelIsFoundByProviderAndName() {
        assertThat(CATALOG.of("anthropic", "claude-opus-4-5"))
                .isEqualTo(
                        new ModelFacts(
                                200_000L, 64_000L, new Prices(5e-6, 25e-6, 0.5e-6, 6.25e-6)));
    }

    @Test
    void theDayOfItsReleaseMakesNoDifference() {
        ModelFacts sonnet = CATALOG.of("anthropic", "claude-sonnet-4-5");
        assertThat(sonnet).isNotEqualTo(ModelFacts.UNKNOWN);
        assertThat(CATALOG.of("anthropic", "claude-sonnet-4-5-20250929")).isEqualTo(sonnet);
        assertThat(CATALOG.of("vertex_ai", "claude-sonnet-4-5@20250929")).isEqualTo(sonnet);
        assertThat(CATALOG.of("openai", "gpt-5-2025-08-07"))
                .isEqualTo(CATALOG.of("azure", "gpt-5"));
    }

    @Test
    void aDatedModelOfItsOwnPriceGoesBefore() {
        Prices first = CATALOG.of("openai", "gpt-4o-2024-05-13").prices();
        assertThat(first).isEqualTo(new Prices(5e-6, 15e-6, null, null));
    }

    @Test
    void whatNobodyListedIsUnknown() {
        assertThat(CATALOG.of("openai", "gpt-99")).isEqualTo(ModelFacts.UNKNOWN);
        assertThat(CATALOG.of("openrouter", "gpt-4o")).isEqualTo(ModelFacts.UNKNOWN);
    }

    /** A cached token is never dearer than a fresh one, an answer never cheaper than a question. */
    @Test
    void everyPriceIsPlausible() {
        assertThat(prices())
                .hasSizeGreaterThan(80)
                .allSatisfy(
                        price -> {
                            assertThat(price.input()).isPositive().isLessThan(200e-6);
                            assertThat(price.output()).isBetween(price.input(), 700e-6);
                            if (price.cacheRead() != null) {
                                assertThat(price.cacheRead())
                                        .isPositive()
                                        .isLessThan(price.input());
                            }
                            if (price.cacheWrite() != null) {
                                assertThat(price.cacheWrite())
                                        .isBetween(price.input(), 1.3 * price.input());
                            }
                        });
    }

    @Test
    void everyBlockNamesItsPageAndWhenItWasRead() {
        Mapping file = DataFile.read(ModelCatalog.class, "models.yaml");
        assertThat(DataFile.items(file, "pages"))
                .allSatisfy(
                        page -> {
                            assertThat(DataFile.text((Mapping) page, "page").orElseThrow())
                                    .startsWith("https://");
                            assertThat(DataFile.text((Mapping) page, "read").orElseThrow())
                                    .matches("20\\d\\d-\\d\\d");
                        });
        assertThat(CATALOG.date()).matches("20\\d\\d-\\d\\d-\\d\\d");
    }

    private static List<Prices> prices() {
        List<Prices> prices = new ArrayList<>();
        Mapping file = DataFile.read(ModelCatalog.class, "models.yaml");
        for (YamlNode page : DataFile.items(file, "pages")) {
            String provider = DataFile.texts((Mapping) page, "provider").get(0);
            for (YamlNode row : DataFile.items((Mapping) page, "models")) {
                for (String model : DataFile.texts((Mapping) row, "model")) {
                    Prices found = CATALOG.of(provider, model).prices();
                    if (found != null) {
                        prices.add(found);
                    }
                }
            }
        }
        return prices;
    }
}
