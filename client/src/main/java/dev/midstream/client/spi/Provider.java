package dev.midstream.client.spi;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;

/**
 * A provider that is asked in the canonical model instead of over HTTP: a model in the same
 * process, a company's own client, a test. Thread-safe.
 *
 * <p>Named in {@code model: <name>/<model>} as any other provider is, its deployments are routed,
 * cooled down, limited and continued like all others.
 */
public interface Provider {

    /**
     * Answers one request. Returns at once, or answers from within.
     *
     * @param draft the request, and what continuing needs: {@code request().messages()} followed by
     *     {@code appended()}
     * @param target the deployment that is asked
     * @param answer takes the answer's events in the order of {@link StreamEvent}; told on any
     *     thread, one call after the other
     * @return the answer under way
     * @throws RuntimeException if it cannot even be asked: the attempt then fails by that
     */
    Exchange answer(Draft draft, Target target, Answering answer);

    /** One answer under way. Thread-safe. */
    @FunctionalInterface
    interface Exchange {

        /** Nothing of the answer is wanted any more. May come after its end, and more than once. */
        void cancel();

        /**
         * Whether events are wanted; at first they are. While they are not, what is told all the
         * same is kept until they are.
         */
        default void reading(boolean wanted) {}
    }

    /** Takes an answer: {@code event*, (complete | failed)}. */
    interface Answering {

        /** The answer goes on. */
        void event(StreamEvent event);

        /**
         * No further event comes. Without {@link StreamEvent.ChoiceEnded} the answer counts as cut
         * off.
         */
        void complete();

        /** The answer broke off, or never began. */
        void failed(Failure failure);

        /** The same by an exception; found again in the cause chain of what the caller gets. */
        void failed(Throwable thrown);
    }
}
