package dev.midstream.testkit;

import dev.midstream.testkit.Step.HttpError;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a provider knows of its former answers, in protocols where clients may come back to them.
 *
 * <p>Thread-safe.
 */
interface Memory extends AutoCloseable {

    /** The memory of providers that forget each answer at once. */
    Memory NONE = new Memory() {};

    /** An answer, and the script in which its steps become due. */
    record Play(Answer answer, Script script) {
        static Play of(Answer answer) {
            return new Play(answer, Script.of(answer.steps()));
        }
    }

    /** What is wrong with a request in the light of former answers. */
    default Optional<HttpError> objection(RecordedRequest request) {
        return Optional.empty();
    }

    /** How an answer to this request is given. */
    default Play play(RecordedRequest request, Dialect.Ids ids, Answer answer) {
        return Play.of(answer);
    }

    /** Keeps the answer to this request. */
    default void keep(RecordedRequest request, ObjectNode document) {}

    /** What is said to a request that is about a former answer. */
    default Play recall(RecordedRequest request) {
        throw new IllegalStateException("nothing is remembered for " + request);
    }

    /** Forgets everything. */
    default void forget() {}

    /** Forgets everything, and ends what still goes on by itself. */
    @Override
    default void close() {
        forget();
    }
}
