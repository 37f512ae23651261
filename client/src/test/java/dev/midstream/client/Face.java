package dev.midstream.client;

import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The ways to ask a router: what one of them promises all do. */
enum Face {
    BLOCKING {
        @Override
        Taken ask(Router router, Request request, CallOptions options) {
            List<StreamEvent> events = new ArrayList<>();
            try (EventStream stream = router.stream(request, options)) {
                stream.forEach(events::add);
                return new Taken(events, stream.answer(), null);
            } catch (MidstreamException e) {
                return new Taken(events, null, e);
            }
        }
    },
    ASYNC {
        @Override
        Taken ask(Router router, Request request, CallOptions options) {
            OneByOne<StreamEvent> taken = new OneByOne<>();
            router.streamAsync(request, options).subscribe(taken);
            Throwable failure = taken.await();
            return failure == null
                    ? new Taken(taken.items, assembled(taken.items), null)
                    : new Taken(taken.items, null, (MidstreamException) failure);
        }
    },
    WHOLE {
        @Override
        Taken ask(Router router, Request request, CallOptions options) {
            try {
                return new Taken(List.of(), router.complete(request, options), null);
            } catch (MidstreamException e) {
                return new Taken(List.of(), null, e);
            }
        }
    },
    WHOLE_ASYNC {
        @Override
        Taken ask(Router router, Request request, CallOptions options) {
            try {
                return new Taken(
                        List.of(),
                        router.completeAsync(request, options)
                                .orTimeout(60, TimeUnit.SECONDS)
                                .join(),
                        null);
            } catch (CompletionException e) {
                return new Taken(List.of(), null, (MidstreamException) e.getCause());
            }
        }
    };

    /**
     * What came.
     *
     * @param events empty for whole answers
     */
    record Taken(
            List<StreamEvent> events,
            @Nullable Answer answer,
            @Nullable MidstreamException failure) {

        Answer whole() {
            if (failure != null) {
                throw failure;
            }
            return answer;
        }

        AnswerFailedException failed() {
            return (AnswerFailedException) failure;
        }
    }

    abstract Taken ask(Router router, Request request, CallOptions options);

    Taken ask(Router router, Request request) {
        return ask(router, request, CallOptions.NONE);
    }

    /** Whether what was delivered before a failure has been seen, and cannot be taken back. */
    boolean streams() {
        return this == BLOCKING || this == ASYNC;
    }

    private static Answer assembled(List<StreamEvent> events) {
        AnswerAssembly assembly = new AnswerAssembly();
        events.forEach(assembly::add);
        return assembly.answer(CallReport.NONE);
    }

    /** Wants one item after the other. */
    static final class OneByOne<T> implements Flow.Subscriber<T> {

        final List<T> items = new ArrayList<>();
        private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription made) {
            subscription = made;
            made.request(1);
        }

        @Override
        public void onNext(T item) {
            items.add(item);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }

        @Nullable Throwable await() {
            return end.orTimeout(60, TimeUnit.SECONDS).join();
        }
    }
}
