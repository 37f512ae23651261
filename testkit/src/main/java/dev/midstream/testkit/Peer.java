package dev.midstream.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The client's end of a connection, as the answering side sees it: every wait and every write ends
 * as soon as the client has left.
 *
 * <p>Thread-safe: one thread reads the socket and tells {@link #leave}, another one answers.
 */
final class Peer {

    private final Socket socket;
    private final OutputStream out;
    private final CompletableFuture<ExchangeEnd.Kind> left = new CompletableFuture<>();

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    /** Notes that nobody listens any more, and ends what the answering side is blocked in. */
    void leave(ExchangeEnd.Kind how) {
        if (left.complete(how)) {
            close();
        }
    }

    void write(byte[] bytes, int from, int length) throws PeerLeft {
        check();
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new PeerLeft(left.getNow(ExchangeEnd.Kind.CLIENT_RESET));
        }
    }

    void check() throws PeerLeft {
        if (left.isDone()) {
            throw new PeerLeft(left.join());
        }
    }

    /** Waits for the fact, or until the client has left. */
    void await(CompletableFuture<?> fact) throws PeerLeft {
        try {
            CompletableFuture.anyOf(fact, left).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerLeft(ExchangeEnd.Kind.PROVIDER_CLOSED);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        check();
    }

    /** Lets time pass, or returns early by an exception when the client has left. */
    void pause(Duration time) throws PeerLeft {
        if (time.isZero()) {
            return;
        }
        try {
            throw new PeerLeft(left.get(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerLeft(ExchangeEnd.Kind.PROVIDER_CLOSED);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Waits until the client has left. */
    PeerLeft awaitLeaving() throws PeerLeft {
        await(left);
        throw new AssertionError("unreachable");
    }

    /** RST. */
    void reset() {
        reset(socket);
    }

    /** RST. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** FIN. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
