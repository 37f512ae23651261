package dev.midstream.testkit;

import dev.midstream.testkit.Step.HttpError;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A provider on a real loopback socket that answers as it is told, byte for byte.
 *
 * <pre>{@code
 * try (var provider = ScriptedProvider.start("primary", Dialect.chat())) {
 *     provider.enqueue(Answer.saying("Once upon a time").cutAfter(2));
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

    private final String name;
    private final Dialect dialect;
    private final Memory memory;
    private final Connections connections;
    private volatile Ledger ledger = new Ledger();

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

    /** A provider of this protocol; see {@link #start(String, Dialect)}. */
    public static ScriptedProvider start(String name, Protocol protocol) {
        return start(name, protocol.dialect());
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

    /** The name of the protocol that it speaks, such as {@code openai-chat}. */
    public String protocol() {
        return dialect.protocol();
    }

    /**
     * Who answers the requests to come, each one request, in order, before {@link
     * #answering(Responder)} is asked.
     */
    public ScriptedProvider enqueue(Responder... more) {
        ledger.enqueue(more);
        return this;
    }

    /**
     * Answers for the requests to come that are about former answers (to retrieve, resume, cancel
     * or delete one), in order, before the provider says what it remembers.
     */
    public ScriptedProvider enqueueLookups(Answer... more) {
        ledger.enqueueLookups(more);
        return this;
    }

    /** Forgets all former answers, and ends those that still go on in the background. */
    public ScriptedProvider forget() {
        memory.forget();
        return this;
    }

    /** Who answers when no enqueued answer is left. */
    public ScriptedProvider answering(Responder other) {
        ledger.answering(other);
        return this;
    }

    /** Who answers requests with exactly this path, whatever the dialect has to say about them. */
    public ScriptedProvider route(String path, Responder other) {
        ledger.route(path, other);
        return this;
    }

    // ----------------------------------------------------------------------------- observations

    /** All exchanges so far, in the order of arrival. */
    public List<Exchange> exchanges() {
        return ledger.exchanges();
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
            Exchange next = ledger.next(limit);
            if (next == null) {
                throw new AssertionError("waited " + limit + " in vain for a request to " + this);
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

    /**
     * What went otherwise than scripted, for people: requests for which nobody had an answer or
     * that went to a path where nothing is served, responders that threw, and enqueued answers that
     * nobody asked for.
     */
    public List<String> surprises() {
        return ledger.surprises();
    }

    /**
     * Fails if there were {@link #surprises()}.
     *
     * @throws AssertionError that names them and every request that came
     */
    public void verify() {
        List<String> surprises = surprises();
        if (!surprises.isEmpty()) {
            throw new AssertionError(String.join("\n", surprises) + "\n" + this);
        }
    }

    /** Its name, protocol and address, and every exchange so far. */
    @Override
    public String toString() {
        List<Exchange> seen = exchanges();
        String count = seen.size() == 1 ? "1 request" : seen.size() + " requests";
        return seen.stream()
                .map(exchange -> "\n  " + exchange)
                .collect(
                        Collectors.joining(
                                "",
                                name
                                        + " ("
                                        + dialect.protocol()
                                        + ", "
                                        + baseUrl()
                                        + ") got "
                                        + count,
                                ""));
    }

    /**
     * Begins anew, on the same port: everything scripted, recorded and remembered is forgotten,
     * open connections are closed and new ones accepted again. Requests that arrive from now on are
     * counted from 1.
     */
    public ScriptedProvider reset() {
        ledger = new Ledger();
        memory.forget();
        connections.drop();
        connections.resetNext(0);
        connections.accept();
        return this;
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

    /**
     * Closes the listener and every connection, in the middle of whatever they do. {@link #reset()}
     * opens it again.
     */
    @Override
    public void close() {
        connections.close();
        memory.close();
    }

    // -------------------------------------------------------------------------------- answering

    private boolean answer(int connection, RequestReader.Incoming incoming, Peer peer) {
        Ledger current = ledger;
        Exchange exchange = current.record(connection, incoming);
        RecordedRequest request = exchange.request();
        try {
            Dialect.Ids ids = new Dialect.Ids(name, request.number());
            Memory.Play play = choose(current, request, ids);
            AnswerPlayer player = new AnswerPlayer(dialect, request, ids, play, memory, peer);
            ExchangeEnd end = player.play();
            exchange.end(end);
            return end.kind() == ExchangeEnd.Kind.ANSWERED
                    && player.keepsConnection()
                    && incoming.keepsConnection();
        } catch (RuntimeException | Error e) {
            current.surprise("the script could not be played for " + request + ": " + e);
            exchange.fail(e);
            return false;
        }
    }

    private Memory.Play choose(Ledger current, RecordedRequest request, Dialect.Ids ids) {
        try {
            Responder route = current.route(request.path());
            if (route != null) {
                return Memory.Play.of(route.answer(request).in(dialect));
            }
            if (dialect.recalls(request.method(), request.path())) {
                Answer scripted = current.nextLookup();
                return scripted != null
                        ? Memory.Play.of(scripted.in(dialect))
                        : memory.recall(request);
            }
            Optional<HttpError> objection = objection(current, request);
            if (objection.isPresent()) {
                return Memory.Play.of(Answer.of(objection.get()));
            }
            return memory.play(request, ids, scripted(current, request).in(dialect));
        } catch (RuntimeException | AssertionError e) {
            current.surprise(e + " was thrown for " + shown(request));
            return Memory.Play.of(Answer.error(500, "testkit_error", e.toString()));
        }
    }

    private static Answer scripted(Ledger current, RecordedRequest request) {
        Responder next = current.next();
        if (next != null) {
            return next.answer(request);
        }
        current.surprise("no answer was scripted for " + shown(request));
        String message = "no answer was scripted for request " + request.number();
        return Answer.error(418, "testkit_error", message);
    }

    private Optional<HttpError> objection(Ledger current, RecordedRequest request) {
        if (!dialect.serves(request.method(), request.path())) {
            current.surprise("nothing is served at the path of " + shown(request));
            String url = "Invalid URL (" + request.method() + " " + request.target() + ")";
            return Optional.of(new HttpError(404, "invalid_request_error", url));
        }
        return dialect.objection(request).or(() -> memory.objection(request));
    }

    private static String shown(RecordedRequest request) {
        return Shown.shortened(request);
    }
}
