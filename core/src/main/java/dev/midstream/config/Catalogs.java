package dev.midstream.config;

import dev.midstream.capability.CapabilityTable;
import dev.midstream.provider.ProviderCatalog;

/** The data files that a configuration is read by. Immutable. */
record Catalogs(ProviderCatalog providers, CapabilityTable capabilities, LiteLlmKeys liteLlm) {

    static Catalogs load() {
        return new Catalogs(ProviderCatalog.load(), CapabilityTable.load(), LiteLlmKeys.load());
    }
}
