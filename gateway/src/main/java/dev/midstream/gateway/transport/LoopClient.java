package dev.midstream.gateway.transport;

import dev.midstream.routing.Passage;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * One event loop's HTTP client with its own connection pool, and its read buffer. Event-loop
 * confined.
 */
final class LoopClient {

    /**
     * Connections a loop holds to one host at most; requests beyond that wait within their connect
     * limit.
     */
    private static final int MAX_CONNECTIONS = 20_000;

    /** Below what providers and their proxies keep an idle connection for. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(30);

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_STATUS_LINE_BYTES = 8 * 1024;

    private static final int LONGEST_CONNECT_MILLIS = 120_000;

    private final EventLoop loop;
    private final ConnectionProvider pool;
    private final HttpClient base;
    private final HttpClient unpooled;
    private final Certificates certificates;
    private final Map<Passage, Way> ways = new HashMap<>();
    private byte[] scratch = new byte[16 * 1024];

    LoopClient(EventLoop loop, EventLoops loops, Certificates certificates) {
        this.loop = loop;
        this.certificates = certificates;
        this.pool =
                ConnectionProvider.builder("midstream-upstream")
                        .maxConnections(MAX_CONNECTIONS)
                        .pendingAcquireMaxCount(-1)
                        .pendingAcquireTimeout(Duration.ofMillis(LONGEST_CONNECT_MILLIS))
                        .maxIdleTime(MAX_IDLE)
                        .evictInBackground(MAX_IDLE)
                        .lifo()
                        .build();
        this.base = client(pool, loop, loops);
        this.unpooled = client(ConnectionProvider.newConnection(), loop, loops);
    }

    EventLoop loop() {
        return loop;
    }

    /** The client whose connections are given up after this time. */
    HttpClient connectingWithin(Passage passage, Duration limit) {
        return way(passage)
                .connectingWithin(Math.clamp(limit.toMillis(), 1, LONGEST_CONNECT_MILLIS));
    }

    /** The client that opens a connection for each request. */
    HttpClient connectingAnew(Passage passage) {
        return way(passage).connectingAnew();
    }

    private Way way(Passage passage) {
        Way known = ways.get(passage);
        if (known != null) {
            return known;
        }
        Way fresh = Way.of(passage, base, unpooled, certificates);
        ways.put(passage, fresh);
        return fresh;
    }

    /**
     * An array of at least this size, shared by everything on the loop: its content lasts until
     * somebody else asks.
     */
    byte[] scratch(int atLeast) {
        if (scratch.length < atLeast) {
            scratch = new byte[Integer.highestOneBit(atLeast - 1) << 1];
        }
        return scratch;
    }

    void close() {
        pool.dispose();
    }

    /**
     * Retries are the plan's business; redirects and time limits of the client's own are off, and
     * compression is not asked for.
     */
    private static HttpClient client(ConnectionProvider pool, EventLoop loop, EventLoops loops) {
        return HttpClient.create(pool)
                .runOn(loop)
                .resolver(spec -> spec.runOn(loops.resources(), loops.prefersNative()))
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .keepAlive(true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, LONGEST_CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .doOnChannelInit((observer, channel, address) -> PlainResponses.on(channel))
                .httpResponseDecoder(
                        spec ->
                                spec.maxInitialLineLength(MAX_STATUS_LINE_BYTES)
                                        .maxHeaderSize(MAX_HEAD_BYTES)
                                        .failOnMissingResponse(true));
    }
}
