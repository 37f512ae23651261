package dev.midstream.config;

import dev.midstream.capability.Capability;
import dev.midstream.capability.CapabilityTable;
import dev.midstream.config.SettingKey.Place;
import dev.midstream.model.Json;
import dev.midstream.model.Method;
import dev.midstream.provider.ModelName;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.NamePattern;
import dev.midstream.yaml.YamlNode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts one deployment together, once it is known whose model it is. Used once. */
final class DeploymentAssembly {

    private final String group;
    private final Section entry;
    private final Section params;
    private final Section info;
    private final ModelName model;

    DeploymentAssembly(String group, Section entry, Section params, Section info, ModelName model) {
        this.group = group;
        this.entry = entry;
        this.params = params;
        this.info = info;
        this.model = model;
    }

    @Nullable DeploymentDraft build(Catalogs catalogs, Passages passages, boolean dropParams) {
        CapabilityTable table = catalogs.capabilities();
        LiteLlmKeys liteLlm = catalogs.liteLlm();
        String unusable = unusable();
        if (unusable != null) {
            WildcardModel wildcard = wildcard(catalogs, passages);
            params.reading()
                    .warning(
                            params.mapping(),
                            "`"
                                    + group
                                    + "`: "
                                    + unusable
                                    + "; requests to it are answered by 501");
            DeploymentDraft draft =
                    draft(
                            EndpointReader.NOWHERE,
                            capability(table, ""),
                            ModelFacts.UNKNOWN,
                            dropParams,
                            unusable);
            return wildcard == null ? draft : draft.of(wildcard);
        }
        Endpoint bare = new EndpointReader(group, params, model).read();
        if (bare == null) {
            return null;
        }
        Endpoint endpoint = passages.lead(params, bare);
        Capability capability = capability(table, endpoint.base());
        DeploymentDraft draft = draft(endpoint, capability, known(catalogs), dropParams, null);
        Map<String, Json> defaults = new RequestDefaults(params, liteLlm).read();
        new ModelInfo(info, liteLlm).report();
        liteLlm.report("model_list", entry);
        DeploymentDraft whole =
                draft.withDefaults(defaults, DeploymentId.of(group, model, endpoint, defaults));
        WildcardModel wildcard = wildcard(catalogs, passages);
        return wildcard == null ? whole : whole.of(wildcard);
    }

    private DeploymentDraft draft(
            Endpoint endpoint,
            Capability capability,
            ModelFacts known,
            boolean dropParams,
            @Nullable String unusable) {
        String id = info.text("id");
        SettingsDraft own = own();
        Terms terms = new Terms(entry, params, info);
        Boolean drop = params.flag("drop_params");
        return new DeploymentDraft(
                id != null ? id : DeploymentId.of(group, model, endpoint, Map.of()),
                info.node("id"),
                group,
                model,
                endpoint,
                Faces.of(model, info.text("mode")),
                capability,
                Map.of(),
                drop != null ? drop : dropParams,
                params.texts("additional_drop_params"),
                params.whole("order", 0, 1_000_000),
                params.number("weight"),
                terms.limits(),
                terms.tags(),
                terms.facts().orElse(known),
                StatedInfo.of(info.mapping()),
                own.clocks(),
                cooldown(),
                PolicyReader.allowedFails(info),
                own.numRetries,
                unusable,
                null);
    }

    /** What the catalogue knows of the model, or of the one that {@code base_model} names. */
    private ModelFacts known(Catalogs catalogs) {
        String provider = model.provider().name();
        String base = info.text("base_model");
        if (base == null) {
            return catalogs.models().of(provider, model.model());
        }
        return ModelName.read(base, null, null, catalogs.providers())
                .map(name -> catalogs.models().of(name.provider().name(), name.model()))
                .orElse(ModelFacts.UNKNOWN)
                .orElse(catalogs.models().of(provider, base));
    }

    /** Why it cannot be asked at all, null if it can. */
    private @Nullable String unusable() {
        boolean unfilled = NamePattern.isPattern(model.model()) && !NamePattern.isPattern(group);
        return unfilled
                ? "nothing fills the `*` of `" + model.model() + "`: `model_name` has none"
                : Unusable.why(model, info.text("mode"));
    }

    private Capability capability(CapabilityTable table, String base) {
        return overrides().of(table, model, base);
    }

    private CapabilityOverrides overrides() {
        return new CapabilityOverrides(info.flag("supports_assistant_prefill"), continuation());
    }

    /**
     * What makes deployments of the models that clients name, null for a deployment of one model.
     */
    private @Nullable WildcardModel wildcard(Catalogs catalogs, Passages passages) {
        String given = params.text("model");
        String custom = params.text("custom_llm_provider");
        if (given == null || !NamePattern.isPattern(group)) {
            return null;
        }
        String base = params.text("api_base");
        ModelFacts stated = new Terms(entry, params, info).facts();
        return new WildcardModel(
                given,
                custom,
                base != null ? base : params.text("base_url"),
                info.text("mode"),
                overrides(),
                info.text("base_model") == null ? stated : stated.orElse(known(catalogs)),
                given.equals("*") && custom == null
                        ? new Elsewhere(group, params, passages).of(catalogs.providers())
                        : Map.of(),
                catalogs);
    }

    /**
     * The method that this deployment's own {@code model_info} names; errors were said for the
     * group.
     */
    private @Nullable Method continuation() {
        SettingsDraft draft = new SettingsDraft();
        SettingKey key = SettingKeys.find("continuation");
        YamlNode node = info.node("continuation");
        if (key != null && node != null) {
            info.reading().setting(key, node, draft);
        }
        return draft.continuation;
    }

    /** What stands in its own {@code litellm_params}: clocks and retries. */
    private SettingsDraft own() {
        SettingsDraft draft = new SettingsDraft();
        Integer clientRetries = params.whole("max_retries", 0, 100);
        for (SettingKey key : SettingKeys.ALL) {
            YamlNode node = key.at(Place.DEPLOYMENT) ? params.node(key.name()) : null;
            if (node != null) {
                params.reading().setting(key, node, draft);
            }
        }
        draft.numRetries = draft.numRetries != null ? draft.numRetries : clientRetries;
        return draft;
    }

    private @Nullable Duration cooldown() {
        Duration own = params.seconds("cooldown_time");
        Duration other = info.seconds("cooldown_time");
        return own != null ? own : other;
    }
}
