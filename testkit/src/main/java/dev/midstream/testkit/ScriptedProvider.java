package dev.midstream.testkit;

import dev.midstream.testkit.Step.HttpError;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider on a real loopback socket that answers as it is told, byte for byte.
 *
 * <pre>{@code
 * try (var provider = ScriptedProvider.start("primary", Dialect.chat())) {
 *     provider.enqueue(Answer.of(new Text("Once"), new Text(" upon"), new Cut()));
 *     ... a client asks provider.baseUrl() + "/chat/completions" ...
 *     provider.nextExchange().awaitEnd();
 * }
 * }</pre>
 *
 * <p><b>Shape.</b> HTTP/1.1 with keep-alive, any number of connections at a time. A request gets
 * the next enqueued answer; when none is left, the responder's; without a responder, status 418.
 * Requests that the dialect's provider would refuse are refused without using up an answer.
 *
 * <p><b>Failure.</b> A responder that throws is answered with status 500. A script that cannot be
 * played closes the connection, and fails whoever waits for the end of its exchange.
 *
 * <p>Thread-safe.
 */
public final class ScriptedProvider implements AutoCloseable {

    private static final Responder NOBODY =
            request ->
                    Answer.error(
                            418,
                            "testkit_error",
                            "no answer was scripted for request " + request.number());

    private final String name;
    private final Dialect dialect;
    private final AtomicInteger requestCount = new AtomicInteger();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Answer> lookups = new ConcurrentLinkedQueue<>();
    private final Memory memory;
    private final Map<String, Responder> routes = new ConcurrentHashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final LinkedBlockingQueue<Exchange> arrivals = new LinkedBlockingQueue<>();
    private volatile Responder responder = NOBODY;
    private final Connections connections;

    private ScriptedProvider(String name, Dialect dialect) {
        this.name = name;
        this.dialect = dialect;
        this.memory = dialect.memory(name);
        this.connections = new Connections(name, this::answer);
    }

    /** A provider called {@code provider}; see {@link #start(String, Dialect)}. */
    public static ScriptedProvider start(Dialect dialect) {
        return start("provider", dialect);
    }

    /**
     * Starts a provider on a free port of the loopback address.
     *
     * @param name is part of every id that the provider makes up, so that providers tell apart
     */
    public static ScriptedProvider start(String name, Dialect dialect) {
        return new ScriptedProvider(name, dialect);
    }

    /** A provider that answers every request by this responder. */
    public static ScriptedProvider start(String name, Dialect dialect, Responder responder) {
        return start(name, dialect).answering(responder);
    }

    /** What a client of the protocol is configured with, such as {@code http://127.0.0.1:9/v1}. */
    public URI baseUrl() {
        return URI.create(origin() + dialect.basePath());
    }

    /** Scheme, host and port. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + connections.port());
    }

    /** The name given at the start. */
    public String name() {
        return name;
    }

    /** Answers for the requests to come, in order, before the responder is asked. */
    public ScriptedProvider enqueue(Answer... more) {
        answers.addAll(List.of(more));
        return this;
    }

    /**
     * Answers for the requests to come that are about former answers (to retrieve, resume, cancel
     * or delete one), in order, before the provider says what it remembers.
     */
    public ScriptedProvider enqueueLookups(Answer... more) {
        lookups.addAll(List.of(more));
        return this;
    }

    /** Forgets all former answers, and ends those that still go on in the background. */
    public ScriptedProvider forget() {
        memory.forget();
        return this;
    }

    /** Who answers when no enqueued answer is left. */
    public ScriptedProvider answering(Responder other) {
        responder = other;
        return this;
    }

    /** Who answers requests with exactly this path, whatever the dialect has to say about them. */
    public ScriptedProvider route(String path, Responder other) {
        routes.put(path, other);
        return this;
    }

    // ----------------------------------------------------------------------------- observations

    /** All exchanges so far, in the order of arrival. */
    public List<Exchange> exchanges() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }

    /** All requests so far, in the order of arrival. */
    public List<RecordedRequest> requests() {
        return exchanges().stream().map(Exchange::request).toList();
    }

    /** Waits for the next exchange that this method has not returned yet. */
    public Exchange nextExchange() {
        return nextExchange(Waiting.LIMIT);
    }

    /** As {@link #nextExchange()}, with another limit. */
    public Exchange nextExchange(Duration limit) {
        try {
            Exchange next = arrivals.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError(
                        "waited "
                                + limit
                                + " in vain for a request to "
                                + name
                                + "; so far "
                                + requests());
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a request to " + name, e);
        }
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.count();
    }

    /** Connections open now. */
    public int openConnections() {
        return connections.open();
    }

    /** Waits until no connection is open. */
    public void awaitNoConnections() {
        connections.awaitNone();
    }

    /** Exchanges that are not over. */
    public int openExchanges() {
        return (int) exchanges().stream().filter(exchange -> !exchange.isOver()).count();
    }

    // ------------------------------------------------------------------------------ connections

    /** Refuses new connections, as a machine on which nothing listens; open ones live on. */
    public void refuseConnections() {
        connections.refuse();
    }

    /** Accepts connections again, on the same port. */
    public void acceptConnections() {
        connections.accept();
    }

    /** Resets that many of the next connections right after they were accepted. */
    public void resetNextConnections(int count) {
        connections.resetNext(count);
    }

    /** Closes the listener and every connection, in the middle of whatever they do. */
    @Override
    public void close() {
        connections.close();
        memory.close();
    }

    // -------------------------------------------------------------------------------- answering

    private boolean answer(int connection, RequestReader.Incoming incoming, Peer peer) {
        Exchange exchange = record(connection, incoming);
        RecordedRequest request = exchange.request();
        try {
            Dialect.Ids ids = new Dialect.Ids(name, request.number());
            Memory.Play play = choose(request, ids);
            AnswerPlayer player = new AnswerPlayer(dialect, request, ids, play, memory, peer);
            ExchangeEnd end = player.play();
            exchange.end(end);
            return end.kind() == ExchangeEnd.Kind.ANSWERED
                    && player.keepsConnection()
                    && incoming.keepsConnection();
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
            return false;
        }
    }

    private Exchange record(int connection, RequestReader.Incoming incoming) {
        synchronized (exchanges) {
            Exchange exchange =
                    new Exchange(
                            new RecordedRequest(
                                    requestCount.incrementAndGet(),
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

    private Memory.Play choose(RecordedRequest request, Dialect.Ids ids) {
        try {
            Responder route = routes.get(request.path());
            if (route != null) {
                return Memory.Play.of(route.answer(request));
            }
            if (dialect.recalls(request.method(), request.path())) {
                Answer scripted = lookups.poll();
                return scripted != null ? Memory.Play.of(scripted) : memory.recall(request);
            }
            Optional<HttpError> objection = objection(request);
            if (objection.isPresent()) {
                return Memory.Play.of(Answer.of(objection.get()));
            }
            Answer next = answers.poll();
            return memory.play(request, ids, next != null ? next : responder.answer(request));
        } catch (RuntimeException | AssertionError e) {
            return Memory.Play.of(Answer.error(500, "testkit_error", e.toString()));
        }
    }

    private Optional<HttpError> objection(RecordedRequest request) {
        if (!dialect.serves(request.method(), request.path())) {
            String url = "Invalid URL (" + request.method() + " " + request.target() + ")";
            return Optional.of(new HttpError(404, "invalid_request_error", url));
        }
        return dialect.objection(request).or(() -> memory.objection(request));
    }
}
