package dev.midstream.bench;

import dev.midstream.relay.Step;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Steps into the client's bytes. */
public class EncodeBenchmark extends PairBenchmark {

    @Param({"TEXT"})
    Content content;

    private final CopyingSink sink = new CopyingSink();
    private Engine engine;
    private List<Step> steps;

    @Setup
    public void prepare() {
        Pair sides = Pair.of(pair);
        engine = new Engine(sides);
        ProviderStream stream = ProviderStream.of(sides.upstream(), content, EVENTS);
        steps = engine.steps(engine.frames(stream));
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long event() {
        Delivery delivery = new Delivery(engine.encoder(), sink);
        for (Step step : steps) {
            delivery.carryOut(step);
        }
        return sink.written();
    }
}
