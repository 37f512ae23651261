package dev.midstream.client.http;

import dev.midstream.routing.Passage;
import dev.midstream.routing.Passage.Trust;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of a transport, each with its pool of connections: as many as there are ways to
 * providers. Thread-safe.
 */
final class Clients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * An HTTP client, and how often it opened TLS.
     *
     * @param users requests that it was handed out for and that have not ended: it takes none any
     *     more once it is shut down
     */
    record Client(HttpClient http, Handshakes handshakes, AtomicInteger users) {
        Client(HttpClient http, Handshakes handshakes) {
            this(http, handshakes, new AtomicInteger());
        }
    }

    private final Threads threads = new Threads();
    private final Map<Trust, SSLContext> contexts = new ConcurrentHashMap<>();
    private final Map<Passage, Client> pooled = new ConcurrentHashMap<>();
    private final Set<HttpClient> leaving = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Threads threads() {
        return threads;
    }

    @Nullable String objection(Passage passage, URI uri) {
        String objection = Ways.objection(passage, uri);
        if (objection != null) {
            return objection;
        }
        try {
            context(passage);
            return null;
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    /**
     * The client whose connections are kept for further requests; {@link #spent} gives it back.
     *
     * @throws IllegalStateException if the passage's certificates cannot be used
     */
    Client pooled(Passage passage) {
        Client client =
                pooled.compute(passage, (way, kept) -> used(kept == null ? client(way) : kept));
        endIfClosed(client);
        return client;
    }

    /** A client for one request, which has no connection yet; {@link #spent} gives it back. */
    Client fleeting(Passage passage) {
        Client fresh = used(client(passage));
        leaving.add(fresh.http());
        endIfClosed(fresh);
        return fresh;
    }

    private static Client used(Client client) {
        client.users().incrementAndGet();
        return client;
    }

    private Client client(Passage passage) {
        return Ways.client(passage, context(passage), threads);
    }

    private SSLContext context(Passage passage) {
        return contexts.computeIfAbsent(passage.trust(), Ways::context);
    }

    /** Whoever closes at this moment may not have seen it. */
    private void endIfClosed(Client client) {
        if (closed) {
            client.http().shutdownNow();
        }
    }

    /** A request has ended; once for each time that the client was handed out. */
    void spent(Client client) {
        boolean unused = client.users().decrementAndGet() == 0;
        if (unused && leaving.contains(client.http())) {
            client.http().shutdown();
            leaving.removeIf(HttpClient::isTerminated);
        }
    }

    /**
     * Lets a client end with the last request that it was handed out for; the next one gets another
     * client. After a head that it cannot parse the JDK's client forgets the connection and leaves
     * it open.
     */
    void retire(Passage passage, Client client) {
        if (pooled.remove(passage, client)) {
            leaving.add(client.http());
            endIfClosed(client);
        }
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        pooled.values().forEach(client -> client.http().shutdownNow());
        leaving.forEach(HttpClient::shutdownNow);
        if (!threads.areCalling()) {
            await();
        }
        threads.close(PATIENCE);
    }

    private void await() {
        try {
            for (Client client : pooled.values()) {
                client.http().awaitTermination(PATIENCE);
            }
            for (HttpClient client : leaving) {
                client.awaitTermination(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
