package dev.midstream.gateway.scenario;

import dev.midstream.client.AnswerFailedException;
import dev.midstream.client.AnswerStream;
import dev.midstream.testkit.scenario.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The ways in which the library is asked. */
enum Face {
    /** A stream that a thread waits for. */
    STREAM("stream", true) {
        @Override
        <T, A> Seen ask(Door<T, A> door) {
            List<T> items = new ArrayList<>();
            try (AnswerStream<T> stream = door.stream()) {
                stream.forEach(items::add);
            } catch (AnswerFailedException e) {
                return Thrown.seen(e, door.begun(items));
            }
            return door.streamed(items);
        }
    },
    /** A stream for a subscriber that wants one item after the other. */
    STREAM_ASYNC("streamAsync", true) {
        @Override
        <T, A> Seen ask(Door<T, A> door) {
            OneByOne<T> taken = new OneByOne<>();
            door.publisher().subscribe(taken);
            try {
                taken.await();
            } catch (CompletionException e) {
                return Thrown.seen(cause(e), door.begun(taken.items()));
            }
            return door.streamed(taken.items());
        }
    },
    /** A whole answer that a thread waits for. */
    COMPLETE("complete", false) {
        @Override
        <T, A> Seen ask(Door<T, A> door) {
            try {
                return door.whole(door.complete());
            } catch (AnswerFailedException e) {
                return Thrown.seen(e, "");
            }
        }
    },
    /** A whole answer in a future. */
    COMPLETE_ASYNC("completeAsync", false) {
        @Override
        <T, A> Seen ask(Door<T, A> door) {
            CompletableFuture<A> answer = door.future();
            try {
                return door.whole(
                        answer.orTimeout(World.PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
            } catch (CompletionException e) {
                return Thrown.seen(cause(e), "");
            }
        }
    };

    static final List<Face> ALL = List.of(values());

    private final String method;
    private final boolean stream;

    Face(String method, boolean stream) {
        this.method = method;
        this.stream = stream;
    }

    /** The name of the method that is called. */
    String method() {
        return method;
    }

    boolean stream() {
        return stream;
    }

    /**
     * Asks and takes the answer to its end.
     *
     * @throws RuntimeException if it ends by anything but an answer or its failure
     */
    abstract <T, A> Seen ask(Door<T, A> door);

    private static AnswerFailedException cause(CompletionException e) {
        if (e.getCause() instanceof AnswerFailedException failed) {
            return failed;
        }
        throw e;
    }
}
