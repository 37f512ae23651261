package dev.midstream.gateway.driver;

import dev.midstream.gateway.cloud.AccessTokens;
import dev.midstream.gateway.transport.Upstreams;
import dev.midstream.protocol.UpstreamProtocol;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What every driver works with; one for the whole gateway. Thread-safe.
 *
 * @param protocols what we speak to providers, by name
 * @param told what the operator knows already
 * @param offLoop runs what would hold an event loop up
 * @param ticker monotonic nanoseconds
 * @param version ours
 */
public record Equipment(
        Map<String, UpstreamProtocol> protocols,
        Upstreams upstreams,
        AccessTokens tokens,
        Histories histories,
        Told told,
        Executor offLoop,
        LongSupplier ticker,
        String version) {

    public Equipment {
        protocols = Map.copyOf(protocols);
    }

    /** Bodies from this size on are parsed and encoded off the loop. */
    public static final int LARGE_BODY = 256 * 1024;

    /** What we call ourselves toward providers. */
    public String userAgent() {
        return "midstream/" + version;
    }

    /** The same with conversations fetched otherwise. */
    public Equipment with(Histories other) {
        return new Equipment(protocols, upstreams, tokens, other, told, offLoop, ticker, version);
    }
}
