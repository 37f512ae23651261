package dev.midstream.config;

import dev.midstream.capability.Capability;
import dev.midstream.capability.CapabilityTable;
import dev.midstream.model.Method;
import dev.midstream.provider.ModelName;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment's {@code model_info} says of how it goes on; null where it says nothing.
 *
 * @param prefill {@code supports_assistant_prefill}
 * @param named {@code continuation}
 */
record CapabilityOverrides(@Nullable Boolean prefill, @Nullable Method named) {

    /** What a model can do by the table and by this. */
    Capability of(CapabilityTable table, ModelName model, String base) {
        String provider = model.provider().name();
        Capability capability =
                Boolean.TRUE.equals(prefill)
                        ? table.withPrefill(provider, model.model(), base)
                        : table.of(provider, model.model(), base);
        if (Boolean.FALSE.equals(prefill)) {
            capability = capability.withoutPrefill();
        }
        return named == null ? capability : capability.by(named);
    }
}
