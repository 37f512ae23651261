package dev.midstream.gateway.cli;

import dev.midstream.gateway.Version;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the command that is asked for and runs it. Every mistake in what was typed is one sentence
 * and the usage, never a stack trace. Immutable.
 */
final class CommandLine {

    /** What was typed makes no sense. */
    static final int WRONG_USAGE = 2;

    private static final int FAILED = 1;
    private static final Option HELP = Option.flag("Says this, and no more.", "-h", "--help");
    private static final Option VERSION =
            Option.flag("Says which version this is.", "-V", "--version");

    private final Command alone;
    private final List<Command> further;
    private final Terminal terminal;

    /**
     * @param alone what runs where no command is named; its name is the program's
     */
    CommandLine(Command alone, List<Command> further, Terminal terminal) {
        this.alone = alone;
        this.further = List.copyOf(further);
        this.terminal = terminal;
    }

    /** Runs what the words ask for; returns the exit code when it is over. */
    int execute(List<String> words) {
        for (Command command : further) {
            if (!words.isEmpty() && words.getFirst().equals(command.name())) {
                return execute(command, words.subList(1, words.size()));
            }
        }
        return execute(alone, words);
    }

    private int execute(Command command, List<String> words) {
        try {
            Arguments given = Arguments.parse(options(command), words);
            if (given.has(HELP)) {
                terminal.print(usage(command));
                return 0;
            } else if (given.has(VERSION)) {
                terminal.print(alone.name() + " " + Version.inFull());
                return 0;
            }
            given.requireThoseOf(command.options());
            return command.run(given, terminal);
        } catch (WrongUsage wrong) {
            terminal.tell("midstream: " + wrong.getMessage());
            terminal.tell(usage(command));
            return WRONG_USAGE;
        } catch (IllegalStateException | CannotStart e) {
            terminal.tell("midstream: " + e.getMessage());
            return FAILED;
        }
    }

    private static List<Option> options(Command command) {
        return Stream.concat(command.options().stream(), Stream.of(HELP, VERSION)).toList();
    }

    private String usage(Command command) {
        return command.equals(alone)
                ? Usage.of(alone.name(), command, options(command), further)
                : Usage.of(
                        alone.name() + " " + command.name(), command, options(command), List.of());
    }
}
