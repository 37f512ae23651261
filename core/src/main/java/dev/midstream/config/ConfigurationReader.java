package dev.midstream.config;

import dev.midstream.routing.RouterConfig;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    private final Catalogs catalogs;

    /**
     * @param environment gives an environment variable, or null
     * @param files reads included files and credentials
     */
    public ConfigurationReader(Function<String, @Nullable String> environment, FileReader files) {
        this(environment, files, Catalogs.load());
    }

    ConfigurationReader(
            Function<String, @Nullable String> environment, FileReader files, Catalogs catalogs) {
        this.environment = environment;
        this.files = files;
        this.catalogs = catalogs;
    }

    /**
     * @param file the name that diagnostics carry, and whose folder includes are taken from
     */
    public Configuration read(String file, String text) throws InvalidConfiguration {
        Diagnostics diagnostics = new Diagnostics();
        Mapping root = new Sources(diagnostics, files).read(file, text);
        if (root.entries().isEmpty() && diagnostics.failed()) {
            throw new InvalidConfiguration(diagnostics.all());
        }
        Reading reading = new Reading(diagnostics, new Environment(environment), files);
        Configuration read = sections(new Section("the configuration", root, reading));
        if (diagnostics.failed()) {
            throw new InvalidConfiguration(diagnostics.all());
        }
        return new Configuration(
                read.router(), read.general(), read.telemetry(), diagnostics.all());
    }

    private Configuration sections(Section top) {
        EnvironmentVariables.set(top.section("environment_variables"));
        Section liteLlm = top.section("litellm_settings");
        Section router = SharedSettings.join(top.section("router_settings"), liteLlm);
        Section general = top.section("general_settings");
        GeneralSettings generalSettings = new GeneralSettingsReader(general, liteLlm).read();
        Telemetry telemetry = new TelemetryReader(liteLlm).read();
        Catalogs known = catalogs.with(new CostMapFile(general).read());
        RouterConfig config = new RouterReader(router, groups(top, router, liteLlm, known)).read();
        top.node("include");
        catalogs.liteLlm().report(top, general, router, liteLlm);
        return new Configuration(config, generalSettings, telemetry, List.of());
    }

    private static Groups groups(Section top, Section router, Section liteLlm, Catalogs known) {
        Inherited inherited = new Inherited(top, router);
        DeploymentReader deployments =
                new DeploymentReader(known, inherited, new Passages(top, liteLlm));
        return new ModelListReader(deployments, top.reading()).read(top);
    }
}
