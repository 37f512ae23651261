package dev.midstream.client.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many TLS connections a client has begun to open. What the JDK's client does not tell, whether
 * a request took a connection from its pool, follows for https: if nobody has begun one since the
 * request was handed over, it did. Thread-safe.
 */
final class Handshakes {

    private final AtomicLong begun = new AtomicLong();

    void begin() {
        begun.incrementAndGet();
    }

    long begun() {
        return begun.get();
    }
}
