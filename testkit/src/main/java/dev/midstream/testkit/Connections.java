package dev.midstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections to one port of the loopback address: taken, refused or reset.
 *
 * <p>Thread-safe.
 */
final class Connections implements AutoCloseable {

    /** Small, so that a client that does not read soon holds up the provider. */
    private static final int SEND_BUFFER = 64 * 1024;

    private final String name;
    private final Connection.Answering answering;
    private final int port;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger toReset = new AtomicInteger();
    private final Set<Connection> open = new HashSet<>();
    private CompletableFuture<Void> noneOpen = CompletableFuture.completedFuture(null);
    private ServerSocket listener;
    private Thread acceptor;

    /** Listens on a free port. */
    Connections(String name, Connection.Answering answering) {
        this.name = name;
        this.answering = answering;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        this.acceptor = accept(listener);
    }

    int port() {
        return port;
    }

    /** Connections accepted so far. */
    int count() {
        return count.get();
    }

    /** Connections open now. */
    int open() {
        synchronized (open) {
            return open.size();
        }
    }

    /** Waits until no connection is open. */
    void awaitNone() {
        Waiting.until(noneOpen(), Waiting.LIMIT, "no connection to " + name + " is open");
    }

    /** As a machine on which nothing listens; open connections live on. */
    synchronized void refuse() {
        stopListening();
    }

    /** Accepts connections again, on the same port. */
    synchronized void accept() {
        if (listener.isClosed()) {
            listener = listen(port);
            acceptor = accept(listener);
        }
    }

    /** Resets that many of the next connections right after they were accepted. */
    void resetNext(int number) {
        toReset.set(number);
    }

    /** Closes the listener and every connection, in the middle of whatever they do. */
    @Override
    public synchronized void close() {
        stopListening();
        drop();
    }

    /** Closes every open connection, in the middle of whatever it does. */
    void drop() {
        List<Connection> left;
        synchronized (open) {
            left = List.copyOf(open);
        }
        left.forEach(Connection::close);
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Thread accept(ServerSocket on) {
        return Thread.ofVirtual()
                .name("accept-" + name)
                .start(
                        () -> {
                            try {
                                while (true) {
                                    accepted(on.accept());
                                }
                            } catch (IOException closed) {
                                return;
                            }
                        });
    }

    /** The port is free only when nobody accepts on it any more. */
    private void stopListening() {
        try {
            listener.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accepted(Socket socket) throws IOException {
        int number = count.incrementAndGet();
        if (toReset.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            Peer.reset(socket);
            return;
        }
        socket.setTcpNoDelay(true);
        socket.setSendBufferSize(SEND_BUFFER);
        Connection connection = new Connection(number, socket, answering);
        opened(connection);
        Thread.ofVirtual()
                .name(name + "-" + number)
                .start(
                        () -> {
                            try {
                                connection.run();
                            } finally {
                                closed(connection);
                            }
                        });
    }

    private void opened(Connection connection) {
        synchronized (open) {
            if (open.isEmpty()) {
                noneOpen = new CompletableFuture<>();
            }
            open.add(connection);
        }
    }

    private void closed(Connection connection) {
        synchronized (open) {
            open.remove(connection);
            if (open.isEmpty()) {
                noneOpen.complete(null);
            }
        }
    }

    private CompletableFuture<Void> noneOpen() {
        synchronized (open) {
            return noneOpen;
        }
    }
}
