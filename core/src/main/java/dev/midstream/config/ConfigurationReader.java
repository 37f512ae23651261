package dev.midstream.config;

import static dev.midstream.provider.Provider.Kind.NOT_YET;

import dev.midstream.routing.RouterConfig;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads LiteLLM's {@code config.yaml}, the same said in code, or both.
 *
 * <p><b>Shape</b>: text or a tree in, a {@link Configuration} out. The same text with the same
 * files and variables gives the same configuration, deployment ids included.
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
    private final boolean gateway;

    /**
     * @param environment gives an environment variable, or null
     * @param files reads included files and credentials
     */
    public ConfigurationReader(Function<String, @Nullable String> environment, FileReader files) {
        this(environment, files, Catalogs.OURS);
    }

    ConfigurationReader(
            Function<String, @Nullable String> environment, FileReader files, Catalogs catalogs) {
        this(environment, files, catalogs, true);
    }

    private ConfigurationReader(
            Function<String, @Nullable String> environment,
            FileReader files,
            Catalogs catalogs,
            boolean gateway) {
        this.environment = environment;
        this.files = files;
        this.catalogs = catalogs;
        this.gateway = gateway;
    }

    /**
     * The same for a router inside of an application: what only a gateway acts on is not read, and
     * one warning names it; and further providers are known.
     *
     * @param pluggedIn names of providers that the application has itself. Their deployments need
     *     no URL and no credential; {@link dev.midstream.model.Target#inProcess} tells them, and
     *     their endpoint leads nowhere
     */
    public ConfigurationReader inside(Set<String> pluggedIn) {
        return new ConfigurationReader(environment, files, catalogs.with(pluggedIn), false);
    }

    /** The names of all providers that requests can be sent to. */
    public Set<String> providers() {
        return catalogs.providers().names().stream()
                .filter(name -> catalogs.providers().find(name).orElseThrow().kind() != NOT_YET)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param file the name that diagnostics carry, and whose folder includes are taken from
     */
    public Configuration read(String file, String text) throws InvalidConfiguration {
        return read(file, text, InCode.NOTHING);
    }

    /**
     * Reads a file, and over it what code says: deployments are added to the file's, and for all
     * else the code's word counts, key by key.
     */
    public Configuration read(String file, String text, InCode over) throws InvalidConfiguration {
        Diagnostics diagnostics = new Diagnostics();
        Mapping root = new Sources(diagnostics, files).read(file, text);
        if (root.entries().isEmpty() && diagnostics.failed()) {
            throw new InvalidConfiguration(diagnostics.all());
        }
        return read(Overlay.of(root, over.root()), over.groups(), diagnostics);
    }

    /** Reads what code says alone; includes are taken from the working directory. */
    public Configuration read(InCode code) throws InvalidConfiguration {
        Diagnostics diagnostics = new Diagnostics();
        Mapping root = new Sources(diagnostics, files).read(code.root());
        return read(root, code.groups(), diagnostics);
    }

    private Configuration read(Mapping root, Map<String, Mapping> groups, Diagnostics diagnostics)
            throws InvalidConfiguration {
        Reading reading = new Reading(diagnostics, new Environment(environment), files);
        Configuration read = sections(new Section("the configuration", root, reading), groups);
        if (diagnostics.failed()) {
            throw new InvalidConfiguration(diagnostics.all());
        }
        return new Configuration(
                read.router(), read.general(), read.telemetry(), diagnostics.all());
    }

    private Configuration sections(Section top, Map<String, Mapping> inCode) {
        EnvironmentVariables.set(top.section("environment_variables"));
        Section liteLlm = top.section("litellm_settings");
        Section router = SharedSettings.join(top.section("router_settings"), liteLlm);
        Section general = top.section("general_settings");
        GeneralSettings generalSettings = GeneralSettings.DEFAULTS;
        Telemetry telemetry = Telemetry.DEFAULTS;
        if (gateway) {
            generalSettings = new GeneralSettingsReader(general, liteLlm).read();
            telemetry = new TelemetryReader(liteLlm).read();
        } else {
            GatewayOnly.report(general, liteLlm);
        }
        Catalogs known = catalogs.with(new CostMapFile(general).read());
        Groups groups = models(top, router, liteLlm, known, inCode).read(top);
        RouterConfig config = new RouterReader(router, groups).read();
        top.node("include");
        catalogs.liteLlm().report(top, general, router, liteLlm);
        return new Configuration(config, generalSettings, telemetry, List.of());
    }

    private static ModelListReader models(
            Section top,
            Section router,
            Section liteLlm,
            Catalogs known,
            Map<String, Mapping> inCode) {
        Inherited inherited = new Inherited(top, router);
        DeploymentReader deployments =
                new DeploymentReader(known, inherited, new Passages(top, liteLlm));
        return new ModelListReader(deployments, top.reading(), inCode);
    }
}
