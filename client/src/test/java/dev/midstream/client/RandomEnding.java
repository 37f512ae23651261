package dev.midstream.client;

import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks for an answer and ends with it, one way or the other. */
enum RandomEnding {
    TAKEN_TO_ITS_END {
        @Override
        void play(Asking asking, RandomGenerator random) {
            try (EventStream stream = asking.stream()) {
                stream.forEach(event -> {});
            }
        }
    },
    CLOSED_BY_ITS_TAKER {
        @Override
        void play(Asking asking, RandomGenerator random) {
            try (EventStream stream = asking.stream()) {
                take(stream.iterator(), random.nextInt(12));
            }
        }
    },
    CLOSED_BY_SOMEBODY_ELSE(true) {
        @Override
        void play(Asking asking, RandomGenerator random) throws InterruptedException {
            try (EventStream stream = asking.stream()) {
                Thread closer = Thread.startVirtualThread(stream::close);
                take(stream.iterator(), Integer.MAX_VALUE);
                closer.join();
            }
        }
    },
    INTERRUPTED(true) {
        @Override
        void play(Asking asking, RandomGenerator random) {
            Thread taker = Thread.currentThread();
            try (EventStream stream = asking.stream()) {
                Thread other = Thread.startVirtualThread(taker::interrupt);
                try {
                    take(stream.iterator(), Integer.MAX_VALUE);
                } finally {
                    endInterrupts(other);
                }
            }
        }
    },
    SUBSCRIBED_TO_ITS_END {
        @Override
        void play(Asking asking, RandomGenerator random) {
            Taking taking = new Taking(Integer.MAX_VALUE, 1 + random.nextInt(40));
            asking.router().streamAsync(asking.request(), asking.options()).subscribe(taking);
            taking.await();
        }
    },
    CANCELLED_BY_ITS_SUBSCRIBER {
        @Override
        void play(Asking asking, RandomGenerator random) {
            Taking taking = new Taking(random.nextInt(8), 1 + random.nextInt(3));
            asking.router().streamAsync(asking.request(), asking.options()).subscribe(taking);
            taking.await();
        }
    },
    CANCELLED_BY_SOMEBODY_ELSE(true) {
        @Override
        void play(Asking asking, RandomGenerator random) throws InterruptedException {
            Taking taking = new Taking(Integer.MAX_VALUE, 1 + random.nextInt(40));
            asking.router().streamAsync(asking.request(), asking.options()).subscribe(taking);
            Thread.startVirtualThread(taking::cancel).join();
        }
    },
    WAITED_FOR {
        @Override
        void play(Asking asking, RandomGenerator random) {
            asking.router().complete(asking.request(), asking.options());
        }
    },
    WAITED_FOR_AND_INTERRUPTED(true) {
        @Override
        void play(Asking asking, RandomGenerator random) {
            Thread waiter = Thread.currentThread();
            Thread other = Thread.startVirtualThread(waiter::interrupt);
            try {
                asking.router().complete(asking.request(), asking.options());
            } finally {
                endInterrupts(other);
            }
        }
    },
    COMPLETED {
        @Override
        void play(Asking asking, RandomGenerator random) {
            asking.future().handle((answer, failure) -> "").orTimeout(60, TimeUnit.SECONDS).join();
        }
    },
    CANCELLED_BY_ITS_FUTURE(true) {
        @Override
        void play(Asking asking, RandomGenerator random) {
            asking.future().cancel(random.nextBoolean());
        }
    },
    OUT_OF_TIME(true) {
        @Override
        void play(Asking asking, RandomGenerator random) {
            asking.future()
                    .orTimeout(random.nextInt(20), TimeUnit.MILLISECONDS)
                    .handle((answer, failure) -> "")
                    .join();
        }
    },
    ASKED_IN_JSON {
        @Override
        void play(Asking asking, RandomGenerator random) {
            try (JsonStream stream =
                    asking.router().messages().stream(asking.json(), asking.options())) {
                take(stream.iterator(), random.nextInt(12));
            }
        }
    };

    private final boolean leaves;

    RandomEnding() {
        this(false);
    }

    RandomEnding(boolean leaves) {
        this.leaves = leaves;
    }

    /** Whether it comes to its end whatever the upstream does. */
    boolean leaves() {
        return leaves;
    }

    /** Asks once; returns or throws when nothing is wanted any more. */
    abstract void play(Asking asking, RandomGenerator random) throws InterruptedException;

    /** What is asked, of whom, and who is told of it. */
    record Asking(Router router, String words, CallOptions options) {

        Request request() {
            return Request.to("chat").user(words).build();
        }

        String json() {
            return "{\"model\":\"chat\",\"max_tokens\":999,\"messages\":[{\"role\":\"user\",\"content\":\""
                    + words
                    + "\"}]}";
        }

        EventStream stream() {
            return router.stream(request(), options);
        }

        CompletableFuture<Answer> future() {
            return router.completeAsync(request(), options);
        }
    }

    private static void take(Iterator<?> items, int most) {
        for (int i = 0; i < most && items.hasNext(); i++) {
            items.next();
        }
    }

    /** Whoever interrupts late does not reach what the thread does next. */
    private static void endInterrupts(Thread other) {
        boolean ended = false;
        while (!ended) {
            try {
                other.join();
                ended = true;
            } catch (InterruptedException late) {
                ended = !other.isAlive();
            }
        }
        Thread.interrupted();
    }

    /** Wants so many at a time, and cancels after so many. */
    private static final class Taking implements Flow.Subscriber<StreamEvent> {

        private final int most;
        private final int atATime;
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;
        private int taken;

        Taking(int most, int atATime) {
            this.most = most;
            this.atATime = atATime;
        }

        void cancel() {
            subscription.cancel();
        }

        void await() {
            end.orTimeout(60, TimeUnit.SECONDS).join();
        }

        @Override
        public void onSubscribe(Flow.Subscription made) {
            subscription = made;
            made.request(atATime);
        }

        @Override
        public void onNext(StreamEvent event) {
            taken++;
            if (taken > most) {
                subscription.cancel();
                end.complete("cancelled");
            } else if (taken % atATime == 0) {
                subscription.request(atATime);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.complete("failed");
        }

        @Override
        public void onComplete() {
            end.complete("complete");
        }
    }
}
