package dev.midstream.config;

import dev.midstream.capability.CapabilityTable;
import dev.midstream.provider.ProviderCatalog;
import dev.midstream.routing.RouterConfig;
import dev.midstream.yaml.YamlNode.Mapping;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * Reads LiteLLM's {@code config.yaml}.
 *
 * <p><b>Shape</b>: text in, a {@link Configuration} out. The same text with the same files and
 * variables gives the same configuration, deployment ids included.
 *
 * <p><b>Failure</b>: {@link InvalidConfiguration} with everything that is wrong at once. Unknown
 * keys, providers that are not there yet and credentials that nobody gave are warnings.
 *
 * <p><b>Thread-safety</b>: thread-safe if the functions are.
 */
public final class ConfigurationReader {

    private final Function<String, @Nullable String> environment;
    private final FileReader files;
    private final ProviderCatalog providers = ProviderCatalog.load();
    private final CapabilityTable capabilities = CapabilityTable.load();
    private final LiteLlmKeys liteLlm = LiteLlmKeys.load();

    /**
     * @param environment gives an environment variable, or null
     * @param files reads included files and credentials
     */
    public ConfigurationReader(Function<String, @Nullable String> environment, FileReader files) {
        this.environment = environment;
        this.files = files;
    }

    /**
     * @param file the name that diagnostics carry, and whose folder includes are taken from
     */
    public Configuration read(String file, String text) throws InvalidConfiguration {
        Diagnostics diagnostics = new Diagnostics();
        Mapping root = new Sources(diagnostics, files).read(file, text);
        Reading reading = new Reading(diagnostics, new Environment(environment), files);
        Configuration read = new Pass(new Section("the configuration", root, reading)).run();
        if (diagnostics.failed()) {
            throw new InvalidConfiguration(diagnostics.all());
        }
        return new Configuration(read.router(), read.general(), diagnostics.all());
    }

    /** One reading of one configuration, section by section. */
    private final class Pass {
        private final Section top;
        private final Reading reading;

        Pass(Section top) {
            this.top = top;
            this.reading = top.reading();
        }

        Configuration run() {
            EnvironmentVariables.set(top.section("environment_variables"));
            Section liteLlmSettings = top.section("litellm_settings");
            Section router = SharedSettings.join(top.section("router_settings"), liteLlmSettings);
            GeneralSettings general =
                    new GeneralSettingsReader(top.section("general_settings"), liteLlmSettings)
                            .read();
            RouterConfig config = new RouterReader(router, groups(router)).read();
            top.node("include");
            liteLlm.report(top, top.section("general_settings"), router, liteLlmSettings);
            return new Configuration(config, general, java.util.List.of());
        }

        private Groups groups(Section router) {
            var deployments =
                    new DeploymentReader(
                            providers, capabilities, liteLlm, new Inherited(top, router));
            return new ModelListReader(deployments, reading).read(top);
        }
    }
}
