package dev.midstream.gateway.edge;

import dev.midstream.gateway.transport.EventLoops;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The listening socket and what hangs on it. */
public final class EdgeServer {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);

    /**
     * Above it a client counts as slow and its upstream is not read; below the lower one it is read
     * again.
     */
    private static final WriteBufferWaterMark SLOW_CLIENT =
            new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private static final Duration BIND = Duration.ofSeconds(10);
    private static final Duration AFTER_SHUTDOWN = Duration.ofSeconds(3);

    private final LiveCalls live;
    private final DisposableServer server;

    private EdgeServer(LiveCalls live, DisposableServer server) {
        this.live = live;
        this.server = server;
    }

    /**
     * Listens.
     *
     * @throws IllegalStateException if the address is taken or is none of this machine's
     */
    public static EdgeServer start(Served served, EventLoops loops, InetSocketAddress address) {
        ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        DisposableServer server =
                server(served.now().limits())
                        .runOn(loops.resources(), loops.prefersNative())
                        .channelGroup(channels)
                        .bindAddress(() -> address)
                        .handle(new Edge(served))
                        .bind()
                        .onErrorMap(e -> cannotListen(address, e))
                        .block(BIND);
        return new EdgeServer(served.now().live(), Objects.requireNonNull(server));
    }

    private static IllegalStateException cannotListen(InetSocketAddress address, Throwable cause) {
        return new IllegalStateException(
                "Cannot listen on "
                        + address.getHostString()
                        + ", port "
                        + address.getPort()
                        + "; expected an address of this machine and a port that nobody has",
                cause);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.address();
    }

    /**
     * Ends: whoever asks is told at once that this gateway is not ready; after {@code delay} new
     * calls are turned away; after {@code drain}, counted from now, those that still run end in an
     * error that their clients are told. The socket listens until no call runs, so that all of that
     * can be seen.
     *
     * @return whether all that time was granted: an interrupt cuts it short, and is cleared
     */
    public boolean close(Duration drain, Duration delay) {
        long began = System.nanoTime();
        boolean granted = waited(drain, delay, began);
        live.close();
        dispose(granted ? left(drain, began) : Duration.ZERO);
        return granted;
    }

    private boolean waited(Duration drain, Duration delay, long began) {
        try {
            if (delay.isPositive()) {
                live.beginClosing();
                Thread.sleep(delay.compareTo(drain) < 0 ? delay : drain);
            }
            live.close();
            live.awaitNone(left(drain, began));
            return true;
        } catch (InterruptedException hurried) {
            return false;
        }
    }

    private static Duration left(Duration whole, long began) {
        Duration left = whole.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Requests that are no calls, or not yet, may go on for what is left of the time. */
    private void dispose(Duration left) {
        Thread ender =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    if (slept(left)) {
                                        live.shutdown();
                                    }
                                });
        try {
            server.disposeNow(left.plus(AFTER_SHUTDOWN));
        } catch (IllegalStateException late) {
            LOG.warn(
                    "connections were still open {} after the drain time; they are cut",
                    AFTER_SHUTDOWN);
        } finally {
            ender.interrupt();
        }
    }

    private static boolean slept(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException ended) {
            return false;
        }
    }

    private static HttpServer server(Limits limits) {
        return HttpServer.create()
                .idleTimeout(limits.idle())
                .compress(false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SLOW_CLIENT)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .httpRequestDecoder(
                        spec ->
                                spec.maxInitialLineLength(limits.maxRequestLineBytes())
                                        .maxHeaderSize(limits.maxHeadBytes()));
    }
}
