package dev.midstream.gateway.cli;

import java.util.List;

/** Something that the program can be asked for. */
interface Command {

    /** The word that asks for it. */
    String name();

    /** What it does, a sentence or two each; the first stands in the list of commands. */
    List<String> description();

    List<Option> options();

    /**
     * Does it; returns the exit code when it is over.
     *
     * @throws WrongUsage if what was given makes no sense together
     * @throws CannotStart if it cannot be done here, in words for people
     * @throws IllegalStateException the same, from deeper inside
     */
    int run(Arguments given, Terminal terminal);
}
