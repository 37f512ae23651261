package dev.midstream.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The upstream's bytes into the client's: decode, relay, encode. */
public class WholeBenchmark extends PairBenchmark {

    @Param({"TEXT", "REASONING"})
    Content content;

    private final CopyingSink sink = new CopyingSink();
    private Engine engine;
    private ProviderStream stream;

    @Setup
    public void prepare() {
        Pair sides = Pair.of(pair);
        engine = new Engine(sides);
        stream = ProviderStream.of(sides.upstream(), content, EVENTS);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long event() {
        engine.passage(sink).carryAllButTheEnd(stream);
        return sink.written();
    }
}
