package dev.midstream.bench;

import dev.midstream.model.Frame;
import dev.midstream.relay.Relay;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** Frames into steps. */
public class RelayBenchmark extends PairBenchmark {

    @Param({"TEXT"})
    Content content;

    private Engine engine;
    private List<Frame> frames;

    @Setup
    public void prepare() {
        Pair sides = Pair.of(pair);
        engine = new Engine(sides);
        frames = engine.frames(ProviderStream.of(sides.upstream(), content, EVENTS));
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void event(Blackhole hole) {
        Relay relay = engine.relay();
        long now = 0;
        for (Frame frame : frames) {
            now += Engine.BETWEEN_EVENTS;
            relay.frame(Engine.ATTEMPT, frame, now).forEach(hole::consume);
        }
        relay.clientGone(now).forEach(hole::consume);
    }
}
