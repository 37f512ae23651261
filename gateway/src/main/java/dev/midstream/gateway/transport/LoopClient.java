package dev.midstream.gateway.transport;

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

    /** Distinct connect limits with a client of their own; the pool is partitioned by them. */
    private static final int MAX_CLIENTS = 8;

    private static final int LONGEST_CONNECT_MILLIS = 120_000;

    private final EventLoop loop;
    private final ConnectionProvider pool;
    private final HttpClient base;
    private final HttpClient unpooled;
    private final Map<Integer, HttpClient> byConnectMillis = new HashMap<>();
    private byte[] scratch = new byte[16 * 1024];

    LoopClient(EventLoop loop, EventLoops loops) {
        this.loop = loop;
        this.pool =
                ConnectionProvider.builder("midstream-upstream")
                        .maxConnections(MAX_CONNECTIONS)
                        .pendingAcquireMaxCount(-1)
                        .pendingAcquireTimeout(Duration.ofMillis(LONGEST_CONNECT_MILLIS))
                        .maxIdleTime(MAX_IDLE)
                        .lifo()
                        .build();
        this.base = client(pool, loop, loops);
        this.unpooled = client(ConnectionProvider.newConnection(), loop, loops);
    }

    EventLoop loop() {
        return loop;
    }

    /** The client whose connections are given up after this time. */
    HttpClient connectingWithin(Duration limit) {
        int millis = Math.clamp(limit.toMillis(), 1, LONGEST_CONNECT_MILLIS);
        HttpClient known = byConnectMillis.get(millis);
        if (known != null) {
            return known;
        }
        if (byConnectMillis.size() >= MAX_CLIENTS) {
            return base;
        }
        HttpClient fresh = base.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis);
        byConnectMillis.put(millis, fresh);
        return fresh;
    }

    /** The client that opens a connection for each request. */
    HttpClient connectingAnew() {
        return unpooled;
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
                .proxyWithSystemProperties()
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
