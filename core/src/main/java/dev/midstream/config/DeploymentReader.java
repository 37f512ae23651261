package dev.midstream.config;

import dev.midstream.config.SettingKey.Place;
import dev.midstream.provider.ModelName;
import dev.midstream.yaml.YamlNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code model_list}. */
final class DeploymentReader {

    private final Catalogs catalogs;
    private final Inherited inherited;
    private final Passages passages;

    DeploymentReader(Catalogs catalogs, Inherited inherited, Passages passages) {
        this.catalogs = catalogs;
        this.inherited = inherited;
        this.passages = passages;
    }

    /** The deployment, or null if it cannot be formed; why has been said. */
    @Nullable DeploymentDraft read(String group, Section entry, GroupSettings settings) {
        YamlNode given = entry.node("litellm_params");
        if (given == null) {
            entry.reading()
                    .error(
                            entry.mapping(),
                            "`"
                                    + group
                                    + "` has no `litellm_params`; they say which `model` it is");
            return null;
        }
        Section params =
                inherited.complete(
                        Section.of("litellm_params", given, entry.mapping(), entry.reading()));
        Section info = entry.section("model_info");
        groupSettings(params, info, settings);
        ModelName model = model(group, params);
        if (model == null) {
            return null;
        }
        DeploymentAssembly assembly = new DeploymentAssembly(group, entry, params, info, model);
        return assembly.build(catalogs, passages, inherited.dropParams());
    }

    private static void groupSettings(Section params, Section info, GroupSettings settings) {
        for (SettingKey key : SettingKeys.ALL) {
            YamlNode node = key.at(Place.GROUP) ? info.node(key.name()) : null;
            if (node != null) {
                settings.add(key, node);
            }
        }
        SettingKey deadline = SettingKeys.find("request_timeout");
        YamlNode node = params.node("request_timeout");
        if (node != null && deadline != null) {
            settings.add(deadline, node);
        }
    }

    private @Nullable ModelName model(String group, Section params) {
        String model = params.text("model");
        if (model == null) {
            params.reading()
                    .error(
                            params.mapping(),
                            "`" + group + "` has no `model`; expected `provider/model`");
            return null;
        }
        String custom = params.text("custom_llm_provider");
        String base =
                Optional.ofNullable(params.text("api_base"))
                        .orElseGet(() -> params.text("base_url"));
        Optional<ModelName> name = ModelName.read(model, custom, base, catalogs.providers());
        YamlNode node = params.node(custom != null ? "custom_llm_provider" : "model");
        if (name.isEmpty() && node != null) {
            params.reading()
                    .error(node, noProvider(custom != null ? custom : model, custom != null));
        }
        return name.orElse(null);
    }

    private String noProvider(String given, boolean alone) {
        int slash = given.indexOf('/');
        String prefix = alone || slash < 0 ? given : given.substring(0, slash);
        String shown = IllegalSetting.shown(prefix);
        String near = NearNames.question(prefix, catalogs.providers().names());
        if (alone || slash > 0) {
            return "`"
                    + shown
                    + "` is no provider that LiteLLM knows; expected `provider/model`"
                    + near;
        }
        return "`"
                + shown
                + "` does not say whose model it is; expected `provider/model`, as in `openai/"
                + shown
                + "`";
    }
}
