package dev.midstream.client;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it comes, for one thread that waits for it; made for virtual threads. What is not
 * taken is not read from the upstream either.
 *
 * <p><b>Shape</b>: iterated once. The answer is whole when the iteration ends without an exception.
 *
 * <p><b>Failure</b>: {@code hasNext} and {@code next} throw {@link AnswerFailedException} behind
 * the last item that was delivered, {@link CancelledException} after {@link #close()} and on an
 * interrupt, {@link RouterClosedException} after {@link Router#close()}.
 *
 * <p><b>Thread-safety</b>: taken by one thread at a time; {@link #close()} may come on any.
 *
 * @param <T> what the answer is made of
 */
public abstract sealed class AnswerStream<T> implements Iterable<T>, AutoCloseable
        permits EventStream, JsonStream {

    private final Mailbox<T> mailbox;
    private final Call call;
    private boolean iterated;

    AnswerStream(Mailbox<T> mailbox, Call call) {
        this.mailbox = mailbox;
        this.call = call;
    }

    /**
     * The items, in order.
     *
     * @throws IllegalStateException when it is asked a second time: an answer comes once
     */
    @Override
    public Iterator<T> iterator() {
        if (iterated) {
            throw new IllegalStateException("An answer can be iterated once");
        }
        iterated = true;
        return new Items();
    }

    /**
     * The whole answer, once it was taken to its end.
     *
     * @throws IllegalStateException before that
     */
    public Answer answer() {
        Answer whole = mailbox.answer();
        if (whole == null) {
            throw new IllegalStateException("The answer has not come to its end");
        }
        return whole;
    }

    /**
     * Ends the answer: its upstream is cancelled, and whoever waits for it gets a {@link
     * CancelledException}. Idempotent, on any thread; without effect on an answer that was taken to
     * its end.
     */
    @Override
    public void close() {
        mailbox.cancel(new CancelledException("The answer was closed", null));
        call.cancel();
    }

    /** Whether whoever takes the next item would not have to wait for it. */
    final boolean ready() {
        return mailbox.ready();
    }

    private @Nullable T take() {
        try {
            return mailbox.take();
        } catch (InterruptedException e) {
            CancelledException interrupted =
                    new CancelledException("The thread that waited was interrupted", e);
            mailbox.cancel(interrupted);
            call.cancel();
            Thread.currentThread().interrupt();
            throw interrupted;
        }
    }

    private final class Items implements Iterator<T> {

        private @Nullable T next;
        private boolean ended;

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = take();
                ended = next == null;
            }
            return next != null;
        }

        @Override
        public T next() {
            T item = hasNext() ? next : null;
            if (item == null) {
                throw new NoSuchElementException("The answer is over");
            }
            next = null;
            return item;
        }
    }
}
