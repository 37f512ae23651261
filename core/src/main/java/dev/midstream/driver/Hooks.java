package dev.midstream.driver;

import dev.midstream.relay.Decision;
import dev.midstream.relay.DecisionPoint;
import dev.midstream.relay.Notice;
import dev.midstream.relay.Step;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a call: sees its attempts begin, and is asked between a failure and the next
 * request. Called on the call's loop; nothing in it throws or blocks.
 */
public interface Hooks {

    /** Nobody looks, and everything goes as proposed. */
    Hooks NONE = new Hooks() {};

    /** An attempt is about to be sent. */
    default void starting(Step.Start start) {}

    /**
     * Something has happened.
     *
     * @param thrown what the transport threw where an attempt failed, null if it threw nothing
     */
    default void told(Notice notice, @Nullable Throwable thrown) {}

    /**
     * Decides what follows upon a failure.
     *
     * @param decided told once, from within or later, on any thread
     */
    default void decide(DecisionPoint point, Consumer<Decision> decided) {
        decided.accept(new Decision.Proceed());
    }
}
