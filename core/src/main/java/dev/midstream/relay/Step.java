package dev.midstream.relay;

import dev.midstream.model.Draft;
import dev.midstream.model.Frame;
import dev.midstream.model.Held;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.routing.AttemptClocks;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Face;

/** What the driver of a relay has to do, in order. */
public sealed interface Step {

    /**
     * Send {@code draft} to {@code deployment}; whatever comes of it is handed in under the number
     * {@code attempt}.
     *
     * <p>The driver encodes the draft in the face's protocol; a draft that {@linkplain
     * dev.midstream.model.Method#RESUME resumes} is no request but goes on reading the last
     * attempt's answer, from where its decoder stands. A draft that cannot be encoded, or a request
     * that cannot be sent, is handed in as the attempt's end.
     */
    record Start(
            int attempt,
            Deployment deployment,
            Face face,
            String group,
            Draft draft,
            AttemptClocks clocks)
            implements Step {}

    /**
     * End the attempt's request now, in whatever phase it is. Nothing that comes of it afterwards
     * counts.
     */
    record Cancel(int attempt) implements Step {}

    /**
     * Tell the provider to stop a generation in the background that nobody will read. Whether it
     * works is of no concern.
     */
    record StopGenerating(Face face, Held answer) implements Step {}

    /** Write the response's head: status 200. Comes once, before anything else is written. */
    record Commit(Head head) implements Step {}

    /** Show a frame to the client's encoder, as it came. */
    record ReleaseFrame(Frame frame) implements Step {}

    /** Show one event to the client's encoder. */
    record ReleaseEvent(StreamEvent event) implements Step {}

    /** A note beside the stream, for those who look. */
    record Comment(String text) implements Step {}

    record Heartbeat() implements Step {}

    /** Forget what the encoder was shown: an assembled answer that nobody has seen starts over. */
    record Reset() implements Step {}

    /**
     * Call {@link Relay#wake} at this time (monotonic nanoseconds) at the latest; replaces any
     * earlier wish.
     */
    record WakeAt(long nanos) implements Step {}

    /**
     * A failure stands before what follows upon it, a request or an error: answer with {@link
     * Relay#decided}, once, at any time.
     */
    record Decide(DecisionPoint point) implements Step {}

    /** Something that has happened, for those who look on. */
    record Tell(Notice notice) implements Step {}

    /**
     * Something to tell the operator once: a capability that turned out otherwise than configured.
     */
    record Warn(String message) implements Step {}

    /** The answer is complete. Last step. */
    record Finish(Usage usage, Summary summary) implements Step {}

    /**
     * The request ends in an error, as an HTTP status or, after the commit, as an event. Last step.
     */
    record Fail(ErrorReport report, Summary summary) implements Step {}

    /** The client has left; everything is cancelled. Last step. */
    record Abandon(Summary summary) implements Step {}
}
