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
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A drill as it was asked for.
 *
 * @param config null for the demo's
 * @param groups empty for all
 * @param metrics the port at which they are shown; null for nowhere
 */
record DrillRun(
        @Nullable Path config,
        Set<String> groups,
        Pattern only,
        int maxTokens,
        @Nullable Integer metrics,
        boolean json,
        Terminal terminal) {

    private static final int UNUSABLE = 2;
    private static final int LEAST_TOKENS = 16;
    private static final String NOWHERE = "http://127.0.0.1:9";

    /** Plays it and shows what came of it; returns the exit code. */
    int run(boolean live) {
        Configuration configuration;
        try {
            configuration = configuration();
        } catch (CannotStart | InvalidConfiguration unusable) {
            terminal.tell("midstream: " + unusable.getMessage());
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
        terminal.tell("midstream: the metrics are at " + board.url() + " until Ctrl-C");
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
        terminal.tell(
                "midstream: nothing was played: no group that converses, or no failure of that name");
        return UNUSABLE;
    }

    /** What it will cost is said before. */
    private int live(Configuration configuration) {
        if (config == null) {
            throw new WrongUsage("--live needs --config");
        } else if (maxTokens < LEAST_TOKENS) {
            throw new WrongUsage(
                    "--max-tokens is " + maxTokens + ", expected " + LEAST_TOKENS + " or more");
        }
        LiveDrill drill = new LiveDrill(configuration.router(), this::wanted, maxTokens);
        terminal.tell(
                "midstream: %d requests of at most %d tokens go to real deployments, a few more where one of them fails"
                        .formatted(drill.requests(), maxTokens));
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
        terminal.print(text.stripTrailing());
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
                throw new WrongUsage("--group: there is no model group " + group);
            }
        }
    }
}
