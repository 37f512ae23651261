package dev.midstream.client.http;

import dev.midstream.client.spi.Transport;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.routing.Passage;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The library's own transport: HTTP/1.1 by the JDK's HTTP client, its tasks on virtual threads.
 * Thread-safe.
 *
 * <p><b>Failures.</b> Exceptions are those of the JDK where it throws any; {@link Breakage} tells
 * what they mean. Where the JDK's leaves open how far the request had come, it is the cause of one
 * that does not.
 *
 * <p><b>What it does not do.</b> It cannot go through SOCKS proxies, nor send a {@code host} header
 * that differs from the URL's: the JDK's client has neither. Headers that belong to the connection
 * ({@code connection}, {@code content-length}, {@code expect}, {@code transfer-encoding}, {@code
 * upgrade}) are left out of what was configured.
 */
public final class JdkTransport implements Transport {

    private final Clients clients = new Clients();

    /** Nothing is opened and no thread started before the first request. */
    public JdkTransport() {}

    /**
     * What keeps requests from going this way, in words for whoever configured it; null if they
     * can. Reads its certificates, so that no request has to.
     *
     * @param uri where the requests go to
     */
    public @Nullable String objection(Passage passage, URI uri) {
        return clients.objection(passage, uri);
    }

    @Override
    public Exchange send(UpstreamRequest request, Receiver receiver) {
        Call call = new Call(clients, request, receiver);
        call.begin();
        return call;
    }

    /**
     * Closes all connections and waits for the threads, five seconds at most. Called from within
     * what a receiver is told, it does not wait.
     */
    @Override
    public void close() {
        clients.close();
    }
}
