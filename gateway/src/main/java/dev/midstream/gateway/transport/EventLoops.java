package dev.midstream.gateway.transport;

import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import reactor.netty.resources.LoopResources;

/**
 * The threads that carry both legs of every request. Thread-safe.
 *
 * <p>io_uring is never used: with its jar on the class path Reactor Netty picks it unasked, and
 * resets that follow data go unseen there (measured with Netty 4.2.18: two runs of three), so that
 * a failover would wait for the idle limit.
 */
public final class EventLoops implements AutoCloseable {

    private static final String IO_URING = "io.netty.channel.uring.IoUring";

    private final LoopResources resources;
    private final TransportKind kind;

    private EventLoops(LoopResources resources, TransportKind kind) {
        this.resources = resources;
        this.kind = kind;
    }

    /**
     * Starts loops; threads come with the first connection.
     *
     * @throws IllegalStateException if epoll was demanded and does not load, or if io_uring is on
     *     the class path
     */
    public static EventLoops start(TransportKind wanted, int threads) {
        requireNoIoUring();
        return new EventLoops(LoopResources.create("midstream", 1, threads, true), resolve(wanted));
    }

    /** Loads the native library and Netty's buffers, which is half of a start's work here. */
    public static void prepare() {
        epollLoads();
        PooledByteBufAllocator.DEFAULT.buffer().release();
    }

    /** {@link TransportKind#EPOLL} or {@link TransportKind#NIO}. */
    public TransportKind kind() {
        return kind;
    }

    /** What Reactor Netty runs servers and clients on. */
    public LoopResources resources() {
        return resources;
    }

    /** Whether Reactor Netty is to prefer the native transport. */
    public boolean prefersNative() {
        return kind == TransportKind.EPOLL;
    }

    /** Ends the threads; returns when they have ended, or after five seconds. */
    @Override
    public void close() {
        resources.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(6));
    }

    private static TransportKind resolve(TransportKind wanted) {
        return switch (wanted) {
            case NIO -> TransportKind.NIO;
            case AUTO -> epollLoads() ? TransportKind.EPOLL : TransportKind.NIO;
            case EPOLL -> {
                if (!epollLoads()) {
                    throw new IllegalStateException(
                            "transport is epoll, which this system does not load; expected nio or auto here");
                }
                yield TransportKind.EPOLL;
            }
        };
    }

    /** No other native transport is on the class path. */
    private static boolean epollLoads() {
        return LoopResources.hasNativeSupport();
    }

    private static void requireNoIoUring() {
        if (EventLoops.class.getClassLoader().getResource(IO_URING.replace('.', '/') + ".class")
                != null) {
            throw new IllegalStateException(
                    "netty-transport-native-io_uring is on the class path; with it resets of connections go unseen, so it has to go");
        }
    }
}
