package dev.midstream.driver;

import dev.midstream.protocol.UpstreamProtocol;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What every driver works with; one for a whole gateway or router. Thread-safe.
 *
 * @param protocols what we speak to providers, by name
 * @param providers those that are not asked over the wire
 * @param told what the operator knows already
 * @param journal where what the operator should know is written
 * @param offLoop runs what would hold a loop up
 * @param ticker monotonic nanoseconds
 * @param version ours
 */
public record Equipment(
        Map<String, UpstreamProtocol> protocols,
        AccessTokens tokens,
        Histories histories,
        Providers providers,
        Told told,
        Journal journal,
        Executor offLoop,
        LongSupplier ticker,
        String version) {

    public Equipment {
        protocols = Map.copyOf(protocols);
    }

    /**
     * Bodies from this size on are parsed and encoded off the loop: to parse and encode takes up to
     * 17 ns a byte ({@code RequestBenchmark}), half a millisecond for this many, in which no other
     * stream of the loop would get a token.
     */
    public static final int LARGE_BODY = 32 * 1024;

    /** What we call ourselves toward providers. */
    public String userAgent() {
        return "midstream/" + version;
    }

    /** The same with conversations fetched otherwise. */
    public Equipment with(Histories other) {
        return new Equipment(
                protocols, tokens, other, providers, told, journal, offLoop, ticker, version);
    }
}
