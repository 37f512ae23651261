package dev.midstream.config;

import dev.midstream.catalog.ModelCatalog;
import dev.midstream.provider.ModelName;
import dev.midstream.provider.Urls;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.NamePattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What turns a deployment of a pattern into one of a model: all that depends on the model's name.
 * Immutable, thread-safe.
 *
 * @param given the model as it stands in the configuration
 * @param custom {@code custom_llm_provider}
 * @param base {@code api_base}
 * @param mode {@code model_info.mode}
 * @param stated what the configuration itself says of the model
 * @param elsewhere endpoints of other providers than the pattern's own, by provider: where the name
 *     that clients ask for says whose the model is
 */
record WildcardModel(
        String given,
        @Nullable String custom,
        @Nullable String base,
        @Nullable String mode,
        CapabilityOverrides overrides,
        ModelFacts stated,
        Map<String, Endpoint> elsewhere,
        Catalogs catalogs) {

    WildcardModel {
        elsewhere = Map.copyOf(elsewhere);
    }

    /**
     * @param draft the pattern's
     * @param matched what the pattern's stars stand for
     * @return null if nothing says which provider is meant
     */
    @Nullable DeploymentDraft draft(DeploymentDraft draft, String name, List<String> matched) {
        String filled = NamePattern.fill(given, matched);
        Optional<ModelName> read = ModelName.read(filled, custom, base, catalogs.providers());
        if (read.isEmpty() || read.get().model().isEmpty()) {
            return null;
        }
        ModelName model = read.get();
        Endpoint endpoint = endpoint(draft, model);
        String reason = draft.unusable() != null ? draft.unusable() : Unusable.why(model, mode);
        return draft.ofModel(
                draft.id() + "/" + name,
                model,
                endpoint,
                Faces.of(model, mode),
                overrides.of(catalogs.capabilities(), model, endpoint.base()),
                stated.orElse(known(model)),
                reason);
    }

    private Endpoint endpoint(DeploymentDraft draft, ModelName model) {
        String provider = model.provider().name();
        boolean own = provider.equals(draft.model().provider().name());
        Endpoint template =
                own ? draft.endpoint() : elsewhere.getOrDefault(provider, EndpointReader.NOWHERE);
        String from = own ? draft.model().model() : "*";
        return new Endpoint(
                Urls.ofModel(template.stream(), from, model.model()),
                Urls.ofModel(template.plain(), from, model.model()),
                template.headers(),
                template.credential(),
                template.passage());
    }

    private ModelFacts known(ModelName model) {
        ModelCatalog models = catalogs.models();
        return models.of(model.provider().name(), model.model());
    }
}
