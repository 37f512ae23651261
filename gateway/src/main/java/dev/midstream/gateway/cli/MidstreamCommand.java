package dev.midstream.gateway.cli;

import dev.midstream.gateway.transport.TransportKind;
import java.util.List;
import java.util.Objects;

/** {@code midstream}: without a further command the demo. */
public final class MidstreamCommand implements Command {

    private static final int DEFAULT_PORT = 4000;
    private static final Option PORT =
            Option.valued(
                    "PORT",
                    "The port that the demo listens on (" + DEFAULT_PORT + "); 0 for any free one.",
                    "--port");

    private MidstreamCommand() {}

    /** Runs what the arguments ask for; returns the exit code when it is over. */
    public static int execute(String... words) {
        return commandLine(Terminal.standard()).execute(List.of(words));
    }

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(
                new MidstreamCommand(),
                List.of(
                        new ServeCommand(),
                        new CheckCommand(),
                        new DrillCommand(),
                        new TrainCommand()),
                terminal);
    }

    @Override
    public String name() {
        return "midstream";
    }

    @Override
    public List<String> description() {
        return List.of(
                "An LLM gateway whose answers survive the provider that breaks off midway.",
                "Without a command: a demo that needs no key and asks nobody outside this machine.");
    }

    @Override
    public List<Option> options() {
        return List.of(PORT, TransportOption.TRANSPORT);
    }

    @Override
    public int run(Arguments given, Terminal terminal) {
        int port = Objects.requireNonNullElse(given.port(PORT), DEFAULT_PORT);
        TransportKind transport =
                Objects.requireNonNullElse(TransportOption.in(given), TransportKind.AUTO);
        return Running.untilStopped(Demo.start(port, transport, terminal.out()), () -> {});
    }
}
