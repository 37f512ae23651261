package dev.midstream.client.simulation;

import dev.midstream.client.Answer;
import dev.midstream.client.AnswerStream;
import dev.midstream.client.CancelledException;
import dev.midstream.client.Insides;
import dev.midstream.client.MidstreamException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Who takes an answer, a turn at a time. Not thread-safe. */
abstract class Taker<T> {

    final List<T> items = new ArrayList<>();
    @Nullable Throwable failure;
    @Nullable Answer answer;
    boolean whole;
    boolean left;

    /** Whether it could do something now without waiting. */
    abstract boolean able();

    abstract void turn();

    /** Does not want it any more. */
    abstract void leave();

    /** Whether everything that it will ever be told was told. */
    final boolean over() {
        return whole || failure != null || left;
    }

    final void fails(Throwable why) {
        Violation.unless(!over() || left, "told of a failure after the end: " + why);
        failure = why;
    }

    /** A thread that takes what there is; waiting is not having turns. */
    static final class Iterating<T> extends Taker<T> {
        private final AnswerStream<T> stream;
        private final Iterator<T> iterator;
        private final boolean interrupted;

        /**
         * @param interrupted whether it leaves by an interrupt
         */
        Iterating(AnswerStream<T> stream, boolean interrupted) {
            this.stream = stream;
            this.iterator = stream.iterator();
            this.interrupted = interrupted;
        }

        @Override
        boolean able() {
            return !over() && Insides.ready(stream);
        }

        @Override
        void turn() {
            try {
                items.add(iterator.next());
            } catch (NoSuchElementException end) {
                whole = true;
                answer = stream.answer();
                stream.close();
            } catch (RuntimeException e) {
                fails(e);
            }
        }

        @Override
        void leave() {
            if (interrupted) {
                interrupt();
            } else {
                stream.close();
                stream.close();
                afterwards();
            }
            left = true;
        }

        private void interrupt() {
            Thread.currentThread().interrupt();
            try {
                iterator.next();
                throw new Violation("an interrupt is not honoured");
            } catch (CancelledException e) {
                Violation.unless(
                        e.getCause() instanceof InterruptedException,
                        "the interrupt is not the cause of " + e);
                Violation.unless(
                        Thread.currentThread().isInterrupted(),
                        "the thread's interrupt flag is lost");
            } finally {
                Thread.interrupted();
            }
        }

        private void afterwards() {
            try {
                iterator.next();
                throw new Violation("an item came out of a closed stream");
            } catch (MidstreamException | NoSuchElementException expected) {
                failure = null;
            }
        }
    }

    /** A subscriber that wants now a few, now many. */
    static final class Subscriber<T> extends Taker<T> implements Flow.Subscriber<T> {
        private final RandomGenerator random;
        private final Runnable within;
        private Flow.@Nullable Subscription subscription;
        private long wanted;
        private boolean telling;

        /**
         * @param within done inside of what it is told; may throw
         */
        Subscriber(RandomGenerator random, Runnable within) {
            this.random = random;
            this.within = within;
        }

        @Override
        public void onSubscribe(Flow.Subscription made) {
            Violation.unless(subscription == null, "subscribed twice");
            subscription = made;
            if (random.nextBoolean()) {
                want();
            }
        }

        private void want() {
            long n = random.nextInt(8) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(20);
            wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
            subscription.request(n);
        }

        private void enter(String what) {
            Violation.unless(!telling, what + " comes inside of another signal");
            Violation.unless(subscription != null, what + " comes before the subscription");
            Violation.unless(!over(), what + " comes after the end or a cancellation");
            telling = true;
        }

        @Override
        public void onNext(T item) {
            enter("an item");
            Violation.unless(wanted > 0, "an item comes that was not asked for");
            wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
            items.add(item);
            try {
                if (random.nextInt(6) == 0) {
                    want();
                }
                within.run();
            } catch (RuntimeException e) {
                left = true;
                throw e;
            } finally {
                telling = false;
            }
        }

        @Override
        public void onError(Throwable why) {
            enter("a failure");
            fails(why);
            telling = false;
        }

        @Override
        public void onComplete() {
            enter("the end");
            whole = true;
            telling = false;
        }

        @Override
        boolean able() {
            return !over() && wanted == 0;
        }

        @Override
        void turn() {
            want();
        }

        @Override
        void leave() {
            left = true;
            subscription.cancel();
            subscription.cancel();
            subscription.request(1);
        }
    }

    /** A future of the whole answer. */
    static final class Future<T> extends Taker<T> {
        private final CompletableFuture<T> future;
        private final RandomGenerator random;

        Future(CompletableFuture<T> future, RandomGenerator random) {
            this.future = future;
            this.random = random;
            future.whenComplete(this::told);
        }

        private void told(@Nullable T item, @Nullable Throwable why) {
            if (left) {
                return;
            }
            if (item != null) {
                items.add(item);
                answer = item instanceof Answer all ? all : null;
                whole = true;
            } else {
                fails(why);
            }
        }

        @Override
        boolean able() {
            return false;
        }

        @Override
        void turn() {}

        @Override
        void leave() {
            left = true;
            if (random.nextBoolean()) {
                future.cancel(true);
            } else {
                future.completeExceptionally(new IllegalStateException("out of patience"));
            }
        }
    }
}
