package dev.midstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An address at which nothing answers, not even with a refusal: what a connect timeout is for.
 *
 * <p>A listener that never accepts, with its queue full, drops further attempts to connect. That is
 * so on Linux; other systems may refuse them.
 *
 * <p>Thread-safe.
 */
public final class BlackHole implements AutoCloseable {

    private static final int MOST = 64;
    private static final int SURELY_FULL = 3;

    private final ServerSocket listener;
    private final List<SocketChannel> queue = new ArrayList<>();

    private BlackHole(ServerSocket listener) {
        this.listener = listener;
    }

    /** Opens one on a free port of the loopback address. */
    public static BlackHole open() {
        try {
            BlackHole hole =
                    new BlackHole(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            hole.fill();
            return hole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Scheme, host and port. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** On loopback a connection is there at once, or waits for a place in the queue. */
    private void fill() throws IOException {
        int waiting = 0;
        while (waiting < SURELY_FULL && queue.size() < MOST) {
            SocketChannel channel = SocketChannel.open();
            queue.add(channel);
            channel.configureBlocking(false);
            boolean connected =
                    channel.connect(
                                    new InetSocketAddress(
                                            listener.getInetAddress(), listener.getLocalPort()))
                            || channel.finishConnect();
            waiting += connected ? 0 : 1;
        }
    }

    @Override
    public void close() {
        try {
            for (SocketChannel channel : queue) {
                channel.close();
            }
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
