package dev.midstream.gateway.cli;

import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.check.Report;
import dev.midstream.gateway.check.ReportJson;
import dev.midstream.gateway.check.ReportText;
import dev.midstream.gateway.check.Survey;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** {@code midstream check}. */
final class CheckCommand implements Command {

    private static final int UNUSABLE = 2;

    private static final Option JSON = Option.flag("One JSON document instead of words.", "--json");
    private static final Option STRICT = Option.flag("Warnings count like problems.", "--strict");

    @Override
    public String name() {
        return "check";
    }

    @Override
    public List<String> description() {
        return List.of(
                "Says what a configuration amounts to, and what cannot work; asks nobody.",
                "Ends with 0 if all is well, 1 if something cannot work, 2 if the configuration"
                        + " cannot be used.");
    }

    @Override
    public List<Option> options() {
        return List.of(ConfigurationFile.REQUIRED, JSON, STRICT);
    }

    @Override
    public int run(Arguments given, Terminal terminal) {
        boolean strict = given.has(STRICT);
        Report report;
        try {
            report = report(Objects.requireNonNull(given.path(ConfigurationFile.REQUIRED)));
        } catch (CannotStart missing) {
            terminal.tell("midstream: " + missing.getMessage());
            return UNUSABLE;
        }
        terminal.print(
                given.has(JSON)
                        ? ReportJson.of(report, strict)
                        : ReportText.of(report, strict).stripTrailing());
        return report.exitStatus(strict);
    }

    private static Report report(Path config) {
        String file = config.toString();
        try {
            return Survey.of(file, ConfigurationFile.read(config));
        } catch (InvalidConfiguration invalid) {
            return Survey.of(file, invalid);
        }
    }
}
