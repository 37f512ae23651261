package dev.midstream.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.midstream.config.Configuration;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.drill.Cell;
import dev.midstream.gateway.drill.Drill;
import dev.midstream.gateway.drill.DrillJson;
import dev.midstream.gateway.drill.DrillReport;
import dev.midstream.gateway.drill.DrillText;
import dev.midstream.gateway.drill.LiveDrill;
import dev.midstream.gateway.drill.LiveReport;
import dev.midstream.gateway.drill.LiveText;
import dev.midstream.gateway.drill.Scoreboard;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midstream drill}. */
@Command(
        name = "drill",
        description = {
            "Rehearses every chain of a configuration against scripted providers that break it in"
                    + " every way; asks nobody outside this machine, save with --live.",
            "Ends with 0 if every answer was whole or the true error, 1 if not, 2 if the"
                    + " configuration cannot be used."
        },
        mixinStandardHelpOptions = true,
        versionProvider = MidstreamCommand.VersionLine.class,
        sortOptions = false)
final class DrillCommand implements Callable<Integer> {

    private static final int UNUSABLE = 2;
    private static final int LEAST_TOKENS = 16;
    private static final String NOWHERE = "http://127.0.0.1:9";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration, in LiteLLM's format; else the demo's.")
    private @Nullable Path config;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Only the chain of this model group; can be repeated.")
    private Set<String> groups = Set.of();

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Only the failures in whose names this is found.")
    private Pattern only = Pattern.compile("");

    @Option(
            names = "--live",
            description =
                    "Ask the real deployments instead: each once, and each chain with its first"
                            + " answer cut. Costs money.")
    private boolean live;

    @Option(
            names = "--max-tokens",
            paramLabel = "TOKENS",
            defaultValue = "64",
            description = "With --live: the limit of each request (${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--metrics",
            paramLabel = "PORT",
            description =
                    "Show what it would have done to the metrics at"
                            + " http://127.0.0.1:PORT/metrics, until Ctrl-C; 0 for any free port.")
    private @Nullable Integer metrics;

    @Option(names = "--json", description = "One JSON document instead of a table.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Configuration configuration;
        try {
            configuration = configuration();
        } catch (CannotStart | InvalidConfiguration unusable) {
            err.println("midstream: " + unusable.getMessage());
            err.flush();
            return UNUSABLE;
        }
        known(configuration);
        quiet();
        return live ? live(configuration) : rehearsed(configuration);
    }

    private int rehearsed(Configuration configuration) {
        Drill drill = new Drill(configuration.router(), this::wanted, only.asPredicate());
        if (metrics == null) {
            return shown(drill);
        }
        Scoreboard board = Scoreboard.at(metrics, configuration.router());
        PrintWriter err = spec.commandLine().getErr();
        err.printf("midstream: the metrics are at %s until Ctrl-C%n", board.url());
        err.flush();
        int status = shown(drill.toldTo(board));
        Running.untilStopped(board, () -> {});
        return status;
    }

    private int shown(Drill drill) {
        DrillReport report = drill.run(name());
        print(json ? DrillJson.of(report) : DrillText.of(report));
        if (report.count(cell -> !(cell instanceof Cell.NotPlayed)) > 0) {
            return report.exitStatus();
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                "midstream: nothing was played: no group that converses, or no failure of that name");
        err.flush();
        return UNUSABLE;
    }

    /** What it will cost is said before. */
    private int live(Configuration configuration) {
        if (config == null) {
            throw new ParameterException(spec.commandLine(), "--live needs --config");
        } else if (maxTokens < LEAST_TOKENS) {
            String message =
                    "--max-tokens is " + maxTokens + ", expected " + LEAST_TOKENS + " or more";
            throw new ParameterException(spec.commandLine(), message);
        }
        LiveDrill drill = new LiveDrill(configuration.router(), this::wanted, maxTokens);
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "midstream: %d requests of at most %d tokens go to real deployments, a few more"
                        + " where one of them fails%n",
                drill.requests(), maxTokens);
        err.flush();
        LiveReport report = drill.run(name());
        print(json ? DrillJson.of(report) : LiveText.of(report));
        return report.exitStatus();
    }

    private boolean wanted(String group) {
        return groups.isEmpty() || groups.contains(group);
    }

    private String name() {
        return config == null ? "the demo" : config.toString();
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text.stripTrailing());
        out.flush();
    }

    private Configuration configuration() throws InvalidConfiguration {
        return config == null
                ? Demo.configuration(Map.of("DEMO_PRIMARY", NOWHERE, "DEMO_FALLBACK", NOWHERE))
                : ConfigurationFile.read(config);
    }

    /** What the gateway would log of failures that are made on purpose is in the table. */
    private static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("dev.midstream.gateway").setLevel(Level.OFF);
        }
    }

    private void known(Configuration configuration) {
        for (String group : groups) {
            if (configuration.router().groups().stream().noneMatch(g -> g.name().equals(group))) {
                throw new ParameterException(
                        spec.commandLine(), "--group: there is no model group " + group);
            }
        }
    }
}
