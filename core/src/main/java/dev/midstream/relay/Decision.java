package dev.midstream.relay;

import dev.midstream.model.Draft;

/** The answer to a {@link DecisionPoint}. */
public sealed interface Decision {

    /** Do what would be done. */
    record Proceed() implements Decision {}

    /** Send this draft instead. */
    record ProceedWith(Draft draft) implements Decision {}

    /** End in the honest error. */
    record GiveUp() implements Decision {}
}
