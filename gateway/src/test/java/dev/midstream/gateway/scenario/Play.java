package dev.midstream.gateway.scenario;

import dev.midstream.testkit.scenario.Scenario;

/** One scenario, to be played once. */
sealed interface Play permits Run, LibraryRun {

    Scenario scenario();

    /** Unlike that of any other. */
    String name();

    /**
     * Plays it.
     *
     * @throws AssertionError if anything is not as it is due
     */
    Observation play();
}
