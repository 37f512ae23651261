package dev.midstream.bench;

import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.StreamDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** The upstream's bytes into frames. No client is involved, so it is the same in every pair. */
public class DecodeBenchmark extends EventBenchmark {

    @Param({"CHAT", "MESSAGES", "RESPONSES"})
    Wire upstream;

    @Param({"TEXT", "REASONING", "ARGUMENTS"})
    Content content;

    private Engine engine;
    private ProviderStream stream;

    @Setup
    public void prepare() {
        engine = new Engine(new Pair(upstream, upstream));
        stream = ProviderStream.of(upstream, content, EVENTS);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void event(Blackhole hole) {
        StreamDecoder decoder = engine.decoder();
        FrameSink sink = hole::consume;
        decoder.feed(stream.opening(), 0, stream.opening().length, sink);
        for (byte[] event : stream.events()) {
            decoder.feed(event, 0, event.length, sink);
        }
    }
}
