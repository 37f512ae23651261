package dev.midstream.catalog;

import dev.midstream.routing.ModelFacts;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator's own file says of models, in the format of LiteLLM's {@code
 * model_prices_and_context_window.json}. Immutable.
 *
 * <p><b>Shape</b>: one JSON object; each member is a model, named with or without its provider's
 * prefix, whose value holds {@code input_cost_per_token}, {@code output_cost_per_token}, {@code
 * cache_read_input_token_cost}, {@code cache_creation_input_token_cost} (US dollars), {@code
 * max_input_tokens}, {@code max_output_tokens} and {@code litellm_provider}; whatever else stands
 * there is passed over, and so is {@code sample_spec}.
 */
public final class CostMap {

    /** The longest file that is read, in characters: eight times LiteLLM's own. */
    public static final int LONGEST = 16 << 20;

    public static final CostMap EMPTY = new CostMap(Map.of());

    /**
     * What stands under one name.
     *
     * @param provider {@code litellm_provider}, null if it says nothing
     */
    record Entry(@Nullable String provider, ModelFacts facts) {

        /** LiteLLM's words may be longer than the prefix: {@code vertex_ai-anthropic_models}. */
        boolean concerns(String asked) {
            return provider == null || provider.equals(asked) || provider.startsWith(asked + "-");
        }
    }

    private final Map<String, Entry> byName;

    private CostMap(Map<String, Entry> byName) {
        this.byName = byName;
    }

    /**
     * Reads a map.
     *
     * @throws IllegalCostMap if it is too long, no JSON, or a value that counts is wrong
     */
    public static CostMap parse(String text) throws IllegalCostMap {
        Map<String, Entry> byName = new HashMap<>();
        new CostMapReader(text)
                .read((name, entry) -> byName.put(name.toLowerCase(Locale.ROOT), entry));
        return new CostMap(Map.copyOf(byName));
    }

    ModelFacts of(String provider, String model) {
        ModelFacts exact = named(provider, model);
        return exact != null ? exact : undated(provider, model);
    }

    private ModelFacts undated(String provider, String model) {
        ModelFacts found = named(provider, Dated.without(model));
        return found == null ? ModelFacts.UNKNOWN : found;
    }

    private @Nullable ModelFacts named(String provider, String model) {
        String name = model.toLowerCase(Locale.ROOT);
        Entry full = byName.get(provider + "/" + name);
        if (full != null) {
            return full.facts();
        }
        Entry bare = byName.get(name);
        return bare != null && bare.concerns(provider) ? bare.facts() : null;
    }
}
