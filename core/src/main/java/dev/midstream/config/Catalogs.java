package dev.midstream.config;

import dev.midstream.capability.CapabilityTable;
import dev.midstream.catalog.CostMap;
import dev.midstream.catalog.ModelCatalog;
import dev.midstream.provider.ProviderCatalog;
import java.util.Set;

/** The data files that a configuration is read by. Immutable. */
record Catalogs(
        ProviderCatalog providers,
        CapabilityTable capabilities,
        ModelCatalog models,
        LiteLlmKeys liteLlm) {

    /** Those that we bring along; read once, as they cannot change. */
    static final Catalogs OURS = load();

    private static Catalogs load() {
        return new Catalogs(
                ProviderCatalog.load(),
                CapabilityTable.load(),
                ModelCatalog.load(),
                LiteLlmKeys.load());
    }

    /** The same with providers that are plugged in. */
    Catalogs with(Set<String> pluggedIn) {
        return new Catalogs(providers.with(pluggedIn), capabilities, models, liteLlm);
    }

    /** The same with an operator's own facts of models before ours. */
    Catalogs with(CostMap map) {
        return new Catalogs(providers, capabilities, models.behind(map), liteLlm);
    }
}
