package dev.midstream.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is to answer and what it was asked: all that is forgotten when it begins anew.
 *
 * <p>Thread-safe.
 */
final class Ledger {

    private final AtomicInteger requests = new AtomicInteger();
    private final ConcurrentLinkedQueue<Responder> answers = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Answer> lookups = new ConcurrentLinkedQueue<>();
    private final Map<String, Responder> routes = new ConcurrentHashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final LinkedBlockingQueue<Exchange> arrivals = new LinkedBlockingQueue<>();
    private final List<String> surprises = new ArrayList<>();
    private volatile @Nullable Responder responder;

    // ---------------------------------------------------------------------------------- script

    void enqueue(Responder... more) {
        answers.addAll(List.of(more));
    }

    void enqueueLookups(Answer... more) {
        lookups.addAll(List.of(more));
    }

    void answering(Responder other) {
        responder = other;
    }

    void route(String path, Responder other) {
        routes.put(path, other);
    }

    @Nullable Responder route(String path) {
        return routes.get(path);
    }

    @Nullable Answer nextLookup() {
        return lookups.poll();
    }

    /** Who answers the next request; null if nobody does. */
    @Nullable Responder next() {
        Responder next = answers.poll();
        return next != null ? next : responder;
    }

    // -------------------------------------------------------------------------------- exchanges

    Exchange record(int connection, RequestReader.Incoming incoming) {
        synchronized (exchanges) {
            Exchange exchange =
                    new Exchange(
                            new RecordedRequest(
                                    requests.incrementAndGet(),
                                    connection,
                                    incoming.method(),
                                    incoming.target(),
                                    incoming.headers(),
                                    incoming.body(),
                                    System.nanoTime()));
            exchanges.add(exchange);
            arrivals.add(exchange);
            return exchange;
        }
    }

    List<Exchange> exchanges() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }

    /** The next arrival; null if there was none in time. */
    @Nullable Exchange next(Duration limit) throws InterruptedException {
        return arrivals.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    // -------------------------------------------------------------------------------- surprises

    void surprise(String what) {
        synchronized (surprises) {
            surprises.add(what);
        }
    }

    /** What no script foresaw, then what a script foresaw in vain. */
    List<String> surprises() {
        List<String> all = new ArrayList<>();
        synchronized (surprises) {
            all.addAll(surprises);
        }
        answers.forEach(answer -> all.add("nobody asked for " + Shown.shortened(answer)));
        lookups.forEach(answer -> all.add("nobody came back for " + Shown.shortened(answer)));
        return all;
    }
}
