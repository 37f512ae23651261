package dev.midstream.client.http;

import dev.midstream.client.spi.Transport;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Failure;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One request and what comes of it.
 *
 * <p><b>Thread-safety</b>: its {@code Transport.Exchange} side may be called on any thread. The
 * receiver is told in {@link Turns}; what only they touch needs no lock.
 */
final class Call implements Transport.Exchange {

    /** How far it has come; only ever goes forward, but for a request that is sent once more. */
    private enum Phase {
        CONNECTING,
        WAITING,
        ANSWERING,
        OVER
    }

    /** They are the connection's, which is the HTTP client's. */
    private static final Set<String> THE_CONNECTIONS =
            Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

    /**
     * A pooled connection that the other side had closed shows that within a round trip. Whoever
     * breaks later had time to read the request.
     */
    private static final Duration STALE_SHOWS_WITHIN = Duration.ofSeconds(2);

    private static final int PROXY_WANTS_A_LOGIN = 407;

    private final Clients clients;
    private final UpstreamRequest request;
    private final Transport.Receiver receiver;
    private final Turns turns = new Turns();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
    private volatile @Nullable Sending sending;
    private volatile boolean reading = true;
    private volatile boolean cancelled;
    private boolean ended;

    Call(Clients clients, UpstreamRequest request, Transport.Receiver receiver) {
        this.clients = clients;
        this.request = request;
        this.receiver = receiver;
    }

    void begin() {
        try {
            if (clients.closed()) {
                throw new IOException("the transport is closed");
            }
            String objection = Ways.objection(request.passage(), request.uri());
            if (objection != null) {
                throw new CannotCarry(objection);
            }
            send(clients.pooled(request.passage()));
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void send(Clients.Client by) throws IOException {
        Sending fresh = new Sending(this, clients, by, request);
        sending = fresh;
        try {
            fresh.begin(whole(fresh));
        } catch (IOException | RuntimeException e) {
            fresh.giveBack();
            throw e;
        }
        if (cancelled) {
            fresh.cancel();
        }
    }

    private HttpRequest whole(BodyPublisher body) throws IOException {
        HttpRequest.Builder whole;
        try {
            whole = HttpRequest.newBuilder(request.uri()).method(request.method(), body);
        } catch (IllegalArgumentException e) {
            throw new CannotCarry("The URL of the deployment is none of HTTP");
        }
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            add(header.getKey().toLowerCase(Locale.ROOT), header.getValue(), whole);
        }
        String login = Ways.login(request.passage());
        if (login != null) {
            whole.setHeader("proxy-authorization", login);
        }
        return whole.build();
    }

    /** The client's own exception would repeat the value. */
    private void add(String name, String value, HttpRequest.Builder whole) throws IOException {
        if (THE_CONNECTIONS.contains(name)
                || name.equals("host") && value.equalsIgnoreCase(request.uri().getAuthority())) {
            return;
        }
        try {
            whole.setHeader(name, value);
        } catch (IllegalArgumentException e) {
            throw new CannotCarry(
                    name.equals("host")
                            ? "A host header that differs from the URL's cannot be sent"
                            : "A header of the request has characters that HTTP cannot carry");
        }
    }

    // ------------------------------------------------------------------------- the caller's side

    @Override
    public void cancel() {
        cancelled = true;
        phase.set(Phase.OVER);
        Sending current = sending;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
        Sending current = sending;
        if (current != null && wanted) {
            current.ask();
        }
    }

    boolean isReading() {
        return reading;
    }

    // ------------------------------------------------------------------- told by what is sent

    /** The connection stands; the request is about to be written. */
    void connected() {
        phase.compareAndSet(Phase.CONNECTING, Phase.WAITING);
    }

    void connectTimedOut(Sending by) {
        if (phase.compareAndSet(Phase.CONNECTING, Phase.OVER)) {
            by.cancel();
            tell(() -> end(new ConnectLimitPassed(request.connect())));
        }
    }

    /**
     * The response's head has come.
     *
     * @return false if nothing of it is wanted
     */
    boolean head(int status, Function<String, @Nullable String> header) {
        if (status == PROXY_WANTS_A_LOGIN && request.passage().proxy() != null) {
            fail(new ProxyRefused("the proxy wants another login"));
            return false;
        }
        Phase before = phase.getAndUpdate(now -> now == Phase.OVER ? now : Phase.ANSWERING);
        tell(() -> receiver.head(status, header));
        return before != Phase.OVER;
    }

    void bytes(byte[] piece) {
        tell(() -> receiver.bytes(piece));
    }

    void complete() {
        tell(() -> end(null));
    }

    /** What was sent came to nothing; may be told more than once. */
    void broke(Sending by, Throwable thrown) {
        if (cancelled || by != sending) {
            return;
        }
        if (phase.get() == Phase.WAITING && by.wasStale(STALE_SHOWS_WITHIN, thrown)) {
            sendOnFreshConnection();
        } else {
            fail(unwrapped(thrown));
        }
    }

    /**
     * A connection that had been idle and ends before anything of a response has come was most
     * likely closed before the request reached the other side: that is no failure of the
     * upstream's. Comes once at most, for a connection that was opened for one request is never a
     * reused one.
     */
    private void sendOnFreshConnection() {
        if (!phase.compareAndSet(Phase.WAITING, Phase.CONNECTING)) {
            return;
        }
        try {
            send(clients.fleeting(request.passage()));
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
    }

    // ------------------------------------------------------------------------------- the end

    private void fail(Throwable thrown) {
        Phase at = phase.getAndSet(Phase.OVER);
        if (at != Phase.OVER) {
            Throwable told = told(thrown, at);
            tell(() -> end(told));
        }
    }

    /** The exception, or one around it where it does not say by itself how far it had come. */
    private Throwable told(Throwable thrown, Phase at) {
        Failure alone = Breakage.of(thrown, at == Phase.ANSWERING, request.uri());
        return switch (at) {
            case CONNECTING -> unconnected(thrown, alone);
            case WAITING, ANSWERING, OVER -> stood(thrown, alone);
        };
    }

    private Throwable unconnected(Throwable thrown, Failure alone) {
        if (alone instanceof Failure.NotConnected || alone instanceof Failure.Unusable) {
            return thrown;
        }
        return request.passage().proxy() == null
                ? new Unconnected(thrown)
                : new ProxyRefused(thrown);
    }

    /** A handshake that the other side ends is a connection to the JDK's client. */
    private static Throwable stood(Throwable thrown, Failure alone) {
        if (alone instanceof Failure.NotConnected) {
            boolean handshake = Breakage.find(thrown, SSLHandshakeException.class) != null;
            return handshake ? thrown : new Lost(thrown);
        }
        if (alone instanceof Failure.Internal) {
            ProtocolException unreadable = new ProtocolException("what came is not HTTP");
            unreadable.initCause(thrown);
            return unreadable;
        }
        return thrown;
    }

    private void end(@Nullable Throwable thrown) {
        ended = true;
        phase.set(Phase.OVER);
        if (thrown == null) {
            receiver.complete();
        } else {
            receiver.failed(thrown);
        }
    }

    /** A receiver that throws is told no more. */
    private void tell(Runnable told) {
        turns.take(
                () -> {
                    if (!ended && !cancelled) {
                        try {
                            told.run();
                        } catch (RuntimeException | Error bug) {
                            stopFor(bug);
                        }
                    }
                });
    }

    private void stopFor(Throwable bug) {
        boolean toldTheEnd = ended;
        ended = true;
        cancel();
        if (!toldTheEnd) {
            receiver.failed(bug);
        }
    }
}
