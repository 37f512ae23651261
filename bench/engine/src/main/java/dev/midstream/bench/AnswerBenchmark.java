package dev.midstream.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A whole answer of a thousand events, from its beginning to its end: here an operation is an
 * answer. A tool call's arguments are held until they are complete.
 */
public class AnswerBenchmark extends PairBenchmark {

    private static final int LENGTH = 1_000;

    @Param({"TEXT", "ARGUMENTS"})
    Content content;

    private final CopyingSink sink = new CopyingSink();
    private Engine engine;
    private ProviderStream stream;

    @Setup
    public void prepare() {
        Pair sides = Pair.of(pair);
        engine = new Engine(sides);
        stream = ProviderStream.of(sides.upstream(), content, LENGTH);
    }

    @Benchmark
    public long answer() {
        engine.passage(sink).carry(stream);
        return sink.written();
    }
}
