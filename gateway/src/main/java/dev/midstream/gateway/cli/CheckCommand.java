package dev.midstream.gateway.cli;

import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.check.Report;
import dev.midstream.gateway.check.ReportJson;
import dev.midstream.gateway.check.ReportText;
import dev.midstream.gateway.check.Survey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midstream check}. */
@Command(
        name = "check",
        description = {
            "Says what a configuration amounts to, and what cannot work; asks nobody.",
            "Ends with 0 if all is well, 1 if something cannot work, 2 if the configuration cannot"
                    + " be used."
        },
        mixinStandardHelpOptions = true,
        versionProvider = MidstreamCommand.VersionLine.class,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {

    private static final int UNUSABLE = 2;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration, in LiteLLM's format.")
    private Path config = Path.of("config.yaml");

    @Option(names = "--json", description = "One JSON document instead of words.")
    private boolean json;

    @Option(names = "--strict", description = "Warnings count like problems.")
    private boolean strict;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Report report;
        try {
            report = report();
        } catch (CannotStart missing) {
            spec.commandLine().getErr().println("midstream: " + missing.getMessage());
            spec.commandLine().getErr().flush();
            return UNUSABLE;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json
                        ? ReportJson.of(report, strict)
                        : ReportText.of(report, strict).stripTrailing());
        out.flush();
        return report.exitStatus(strict);
    }

    private Report report() {
        String file = config.toString();
        try {
            return Survey.of(file, ConfigurationFile.read(config));
        } catch (InvalidConfiguration invalid) {
            return Survey.of(file, invalid);
        }
    }
}
