package dev.midstream.bench;

import dev.midstream.model.Draft;
import dev.midstream.protocol.Untranslatable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The client's request into the upstream's: here an operation is a request. */
public class RequestBenchmark extends PairBenchmark {

    /** About how many bytes the conversation has; 0 for a first short turn. */
    @Param({"0", "100000"})
    int bytes;

    private Engine engine;
    private byte[] body;

    @Setup
    public void prepare() {
        Pair sides = Pair.of(pair);
        engine = new Engine(sides);
        body =
                bytes == 0
                        ? Conversation.brief(sides.client())
                        : Conversation.ofAbout(sides.client(), bytes);
    }

    @Benchmark
    public byte[] request() throws Untranslatable {
        Draft draft = Draft.original(engine.parse(body), true);
        return engine.upstream().encode(draft, engine.target());
    }
}
