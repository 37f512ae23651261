package dev.midstream.catalog;

import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.Prices;
import dev.midstream.yaml.DataFile;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of models by provider and name, and before them those of an operator's own map.
 * Immutable.
 */
public final class ModelCatalog {

    private final Map<String, ModelFacts> byName;
    private final CostMap own;
    private final String date;

    private ModelCatalog(Map<String, ModelFacts> byName, CostMap own, String date) {
        this.byName = byName;
        this.own = own;
        this.date = date;
    }

    /** Reads the data file that ships with the engine. */
    public static ModelCatalog load() {
        Mapping file = DataFile.read(ModelCatalog.class, "models.yaml");
        Map<String, ModelFacts> byName = new HashMap<>();
        for (YamlNode page : DataFile.items(file, "pages")) {
            page((Mapping) page, byName);
        }
        return new ModelCatalog(
                Map.copyOf(byName), CostMap.EMPTY, DataFile.text(file, "date").orElse(""));
    }

    private static void page(Mapping page, Map<String, ModelFacts> byName) {
        for (YamlNode row : DataFile.items(page, "models")) {
            ModelFacts facts = facts((Mapping) row);
            for (String provider : DataFile.texts(page, "provider")) {
                for (String model : DataFile.texts((Mapping) row, "model")) {
                    if (byName.put(key(provider, model), facts) != null) {
                        throw new IllegalStateException(row.at() + ": " + model + " stands twice");
                    }
                }
            }
        }
    }

    private static ModelFacts facts(Mapping row) {
        Double input = price(row, "input");
        Double output = price(row, "output");
        return new ModelFacts(
                tokens(row, "max_input"),
                tokens(row, "max_output"),
                input == null || output == null
                        ? null
                        : new Prices(
                                input,
                                output,
                                price(row, "cache_read"),
                                price(row, "cache_write")));
    }

    private static @Nullable Long tokens(Mapping row, String key) {
        return DataFile.text(row, key).map(Long::valueOf).orElse(null);
    }

    /** The file has the price of a million tokens, in digits and a point. */
    private static @Nullable Double price(Mapping row, String key) {
        return DataFile.text(row, key).map(text -> Double.valueOf(text + "e-6")).orElse(null);
    }

    /** This catalogue behind an operator's own map. */
    public ModelCatalog behind(CostMap map) {
        return new ModelCatalog(byName, map, date);
    }

    /** The day on which the data file was checked last, {@code 2026-11-20}. */
    public String date() {
        return date;
    }

    /**
     * What is known of a model. A date at the end of its name makes no difference where the map and
     * the catalogue know the name only without it.
     *
     * @param provider LiteLLM's prefix
     * @param model the upstream's name without the prefix
     */
    public ModelFacts of(String provider, String model) {
        return own.of(provider, model).orElse(listed(provider, model));
    }

    private ModelFacts listed(String provider, String model) {
        ModelFacts exact = byName.get(key(provider, model));
        return exact != null
                ? exact
                : byName.getOrDefault(key(provider, Dated.without(model)), ModelFacts.UNKNOWN);
    }

    private static String key(String provider, String model) {
        return (provider + "/" + model).toLowerCase(Locale.ROOT);
    }
}
