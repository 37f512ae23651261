package dev.midstream.testkit.passage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server that joins each connection that it takes to another one, and passes bytes both ways. */
abstract sealed class Pipe implements AutoCloseable permits ConnectProxy, TlsFront {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Pipe(ServerSocket server) {
        this.server = server;
    }

    static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** The port of the loopback address on which it listens. */
    public final int port() {
        return server.getLocalPort();
    }

    final void listen() {
        threads.execute(this::accept);
    }

    /** The other end for a connection; null if it is to be closed. */
    abstract @Nullable Socket join(Socket client) throws IOException;

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> carry(client));
            }
        } catch (IOException closed) {
            // the server was closed
        }
    }

    private void carry(Socket client) {
        try (client;
                Socket other = join(client)) {
            if (other == null) {
                return;
            }
            open.add(other);
            threads.execute(() -> copy(other, client));
            copy(client, other);
        } catch (IOException broken) {
            // either side has gone
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            try {
                to.close();
            } catch (IOException alreadyClosed) {
                // nothing to do
            }
        }
    }

    /** Closes the listener and all connections. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        threads.close();
    }
}
