package dev.midstream.client;

import dev.midstream.client.spi.Provider;
import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.Diagnostic;
import dev.midstream.config.InCode;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Selection;
import dev.midstream.routing.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what a builder was told, and makes a plan of it. Used once. */
final class Planning {

    private final CodedRouter said;
    private final CodeTree tree = new CodeTree();
    private final Map<String, Provider> plugged;

    Planning(CodedRouter said) {
        this.said = said;
        this.plugged = new LinkedHashMap<>(said.providers());
    }

    RouterPlan plan() {
        ConfigurationReader plain =
                new ConfigurationReader(said.environment(), ConfigurationFile::read);
        InCode code = said.code(tree);
        builtIn(plain.providers());
        Configuration read = read(plain.inside(plugged.keySet()), code);
        List<Diagnostic> warnings = new ArrayList<>(read.warnings());
        warnings.addAll(unasked(read.router()));
        return new RouterPlan(routing(read.router()), plugged, warnings);
    }

    /** A deployment must not change its meaning by what is plugged in. */
    private void builtIn(Set<String> names) {
        for (String name : said.providers().keySet()) {
            if (names.contains(name)) {
                plugged.remove(name);
                tree.error(
                        CodedRouter.place(name),
                        "a provider of that name is built in; choose another name");
            }
        }
    }

    private Configuration read(ConfigurationReader reader, InCode code) {
        List<Diagnostic> wrong = new ArrayList<>();
        try {
            Configuration read = readAll(reader, code);
            if (tree.problems().isEmpty()) {
                return read;
            }
            wrong.addAll(read.warnings());
        } catch (InvalidConfiguration invalid) {
            wrong.addAll(invalid.diagnostics());
        } catch (IOException unreadable) {
            String problem = "the configuration cannot be read: " + unreadable.getMessage();
            tree.error(String.valueOf(said.file()), problem);
        }
        wrong.addAll(tree.problems());
        wrong.sort(Comparator.comparing(Diagnostic::at));
        throw new InvalidConfigurationException(wrong);
    }

    private Configuration readAll(ConfigurationReader reader, InCode code)
            throws InvalidConfiguration, IOException {
        Path file = said.file();
        String text = said.text();
        if (file != null) {
            return reader.read(file.toString(), ConfigurationFile.read(file), code);
        }
        return text != null ? reader.read("yaml", text, code) : reader.read(code);
    }

    /** Warnings of providers that no deployment names. */
    private List<Diagnostic> unasked(RouterConfig config) {
        return plugged.keySet().stream()
                .filter(name -> config.wildcards().isEmpty() && !asked(config, name))
                .map(
                        name ->
                                tree.warning(
                                        CodedRouter.place(name),
                                        "no deployment has a model of it: `deployment(\"%s/model\")`"
                                                .formatted(name)))
                .toList();
    }

    private static boolean asked(RouterConfig config, String provider) {
        return config.groups().stream()
                .flatMap(group -> group.deployments().stream())
                .anyMatch(deployment -> deployment.target().provider().equals(provider));
    }

    private RouterConfig routing(RouterConfig read) {
        Strategy strategy = said.strategy();
        return strategy == null ? read : routing(read, strategy);
    }

    private static RouterConfig routing(RouterConfig read, Strategy strategy) {
        Selection selection = read.selection();
        return new RouterConfig(
                read.groups(),
                read.aliases(),
                read.defaultFallbacks(),
                read.settings(),
                read.cooldowns(),
                read.retryAfterFloor(),
                new Selection(
                        strategy,
                        selection.minuteLimits(),
                        selection.parallel(),
                        selection.windowsChecked()),
                read.retries(),
                read.tagging(),
                read.wildcards());
    }
}
