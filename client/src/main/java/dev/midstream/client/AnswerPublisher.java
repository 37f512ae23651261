package dev.midstream.client;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;

/** Makes a call for each subscriber. Thread-safe. */
record AnswerPublisher<T>(Engine engine, BiFunction<SerialLoop, Receiver<T>, Call> make)
        implements Flow.Publisher<T> {

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber);
        SerialLoop loop = engine.loop();
        new Subscription<T>(
                        subscriber, loop, engine.journal, receiver -> make.apply(loop, receiver))
                .begin();
    }
}
