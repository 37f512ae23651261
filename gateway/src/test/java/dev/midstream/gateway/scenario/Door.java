package dev.midstream.gateway.scenario;

import dev.midstream.client.AnswerStream;
import dev.midstream.testkit.scenario.Seen;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * One request to the library, to be asked in any of its ways, and what its answers hold. Asked
 * once.
 *
 * @param <T> what a stream is made of
 * @param <A> a whole answer
 */
interface Door<T, A> {

    AnswerStream<T> stream();

    Flow.Publisher<T> publisher();

    A complete();

    CompletableFuture<A> future();

    /** What a whole stream held, all of which is judged. */
    Seen streamed(List<T> items);

    /** What a whole answer holds, which is judged. */
    Seen whole(A answer);

    /** The text of a stream that broke off, the beginning of which is judged. */
    String begun(List<T> items);
}
