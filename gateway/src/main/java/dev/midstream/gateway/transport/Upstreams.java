package dev.midstream.gateway.transport;

import dev.midstream.driver.Loop;
import dev.midstream.driver.UpstreamListener;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.routing.Passage;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The client legs of all event loops. Thread-safe. */
public final class Upstreams implements AutoCloseable {

    private final EventLoops loops;
    private final Certificates certificates = new Certificates();
    private final Map<EventLoop, LoopClient> clients = new ConcurrentHashMap<>();
    private final Map<EventLoop, Loop> drivers = new ConcurrentHashMap<>();
    private final AtomicInteger inUse = new AtomicInteger();

    public Upstreams(EventLoops loops) {
        this.loops = loops;
    }

    /** Requests sent upstream that have neither ended nor been cancelled. */
    public int inUse() {
        return inUse.get();
    }

    /**
     * Reads the certificates that these ways need, so that no event loop has to; blocks.
     *
     * @throws IllegalStateException if they cannot be used
     */
    public void prepare(Stream<Passage> passages) {
        passages.map(Passage::trust).distinct().forEach(certificates::context);
    }

    /** The same event loop for drivers. */
    public Loop on(EventLoop loop) {
        return drivers.computeIfAbsent(loop, own -> new NettyLoop(own, this));
    }

    /** Sends a request; called on {@code loop}, and everything that comes of it is told there. */
    public UpstreamCall send(EventLoop loop, UpstreamRequest request, UpstreamListener listener) {
        LoopClient client =
                clients.computeIfAbsent(loop, own -> new LoopClient(own, loops, certificates));
        UpstreamCall call = new UpstreamCall(client, request, listener, inUse);
        call.begin();
        return call;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        clients.values().forEach(LoopClient::close);
    }
}
