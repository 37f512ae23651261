package dev.midstream.gateway.cli;

import dev.midstream.gateway.Version;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midstream}: without a subcommand the demo. */
@Command(
        name = "midstream",
        description = {
            "An LLM gateway whose answers survive the provider that breaks off midway.",
            "Without a subcommand: a demo that needs no key and asks nobody outside this machine."
        },
        subcommands = {ServeCommand.class, CheckCommand.class, DrillCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = MidstreamCommand.VersionLine.class,
        sortOptions = false)
public final class MidstreamCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "4000",
            description =
                    "The port that the demo listens on (${DEFAULT-VALUE}); 0 for any free one.")
    private int port;

    @Mixin private TransportOption transport = new TransportOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    private MidstreamCommand() {}

    /** Runs what the arguments ask for; returns the exit code when it is over. */
    public static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new MidstreamCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(MidstreamCommand::explain);
    }

    @Override
    public Integer call() {
        return Running.untilStopped(
                Demo.start(port, transport.kind(), spec.commandLine().getOut()), () -> {});
    }

    /** What keeps the program from running is said in a sentence; a bug keeps its trace. */
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(e instanceof IllegalStateException || e instanceof CannotStart)) {
            throw e;
        }
        PrintWriter err = command.getErr();
        err.println("midstream: " + e.getMessage());
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The version, for picocli. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"midstream " + Version.inFull()};
        }
    }
}
