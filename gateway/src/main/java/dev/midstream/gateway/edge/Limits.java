package dev.midstream.gateway.edge;

import java.time.Duration;

/**
 * What a client may make us keep and wait for.
 *
 * @param maxBodyBytes the largest request body
 * @param maxCalls how many requests to models are carried out at once
 * @param bodyStall the longest silence within a body
 * @param bodyTotal the longest time for a whole body
 * @param idle how long a connection may be without a request, or take over a request's head
 * @param maxHeadBytes all request headers together
 * @param maxRequestLineBytes the request line
 */
public record Limits(
        int maxBodyBytes,
        int maxCalls,
        Duration bodyStall,
        Duration bodyTotal,
        Duration idle,
        int maxHeadBytes,
        int maxRequestLineBytes) {

    public static final Limits DEFAULTS =
            new Limits(
                    32 << 20,
                    Integer.MAX_VALUE,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(75),
                    64 * 1024,
                    16 * 1024);

    public Limits withMaxBodyBytes(int bytes) {
        return new Limits(
                bytes, maxCalls, bodyStall, bodyTotal, idle, maxHeadBytes, maxRequestLineBytes);
    }

    public Limits withMaxCalls(int calls) {
        return new Limits(
                maxBodyBytes, calls, bodyStall, bodyTotal, idle, maxHeadBytes, maxRequestLineBytes);
    }

    /** Other patience with slow bodies and silent connections. */
    public Limits withPatience(Duration bodyStall, Duration bodyTotal, Duration idle) {
        return new Limits(
                maxBodyBytes,
                maxCalls,
                bodyStall,
                bodyTotal,
                idle,
                maxHeadBytes,
                maxRequestLineBytes);
    }
}
