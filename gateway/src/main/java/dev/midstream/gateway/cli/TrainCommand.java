package dev.midstream.gateway.cli;

import java.util.List;

/**
 * {@code midstream train}. The launcher runs it with the JVM told to record: what was loaded,
 * linked and found to be hot here is in the archive that later starts begin with.
 */
final class TrainCommand implements Command {

    /** Enough for the JVM to know what is hot; more only makes it compile more in each start. */
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "train";
    }

    @Override
    public List<String> description() {
        return List.of(
                "Serves some answers to itself, so that later starts are quicker;"
                        + " asks nobody outside this machine.");
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Arguments given, Terminal terminal) {
        try (Training training = Training.start(terminal)) {
            int answers = training.rounds(ROUNDS);
            terminal.tell("midstream: trained with " + answers + " answers");
        }
        return 0;
    }
}
