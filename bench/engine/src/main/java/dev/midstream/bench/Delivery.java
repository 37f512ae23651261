package dev.midstream.bench;

import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.relay.Step;

/** Carries out a relay's steps, as far as the client sees something of them. Not thread-safe. */
final class Delivery {

    private final AnswerEncoder encoder;
    private final ByteSink sink;
    private boolean finished;

    Delivery(AnswerEncoder encoder, ByteSink sink) {
        this.encoder = encoder;
        this.sink = sink;
    }

    /** Whether the answer has come to its good end. */
    boolean finished() {
        return finished;
    }

    void carryOut(Step step) {
        switch (step) {
            case Step.ReleaseFrame release -> encoder.frame(release.frame(), sink);
            case Step.ReleaseEvent release -> encoder.event(release.event(), sink);
            case Step.Finish finish -> {
                encoder.finish(finish.usage(), sink);
                finished = true;
            }
            case Step.Fail fail -> throw new IllegalStateException("Failed: " + fail.report());
            case Step.Start _, Step.Commit _, Step.WakeAt _, Step.Tell _ -> {}
            case Step.Cancel _,
                    Step.StopGenerating _,
                    Step.Comment _,
                    Step.Heartbeat _,
                    Step.Reset _,
                    Step.Decide _,
                    Step.Warn _,
                    Step.Abandon _ ->
                    throw new IllegalStateException("Not of an answer that goes well: " + step);
        }
    }
}
