package dev.midstream.relay;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * What kinds of events are in a frame, up to the failure that it tells.
 *
 * @param content whether it says something of the answer itself
 * @param malformed how many events could not be read
 * @param failure what the upstream says went wrong, null if nothing
 */
record FrameContents(
        boolean content,
        boolean opening,
        boolean usage,
        boolean terminated,
        int malformed,
        @Nullable Failure failure) {

    static FrameContents of(Frame frame) {
        boolean content = false;
        boolean opening = false;
        boolean usage = false;
        boolean terminated = false;
        int malformed = 0;
        Failure failure = null;
        for (int i = 0; i < frame.size() && failure == null; i++) {
            switch (frame.event(i)) {
                case StreamEvent.BlockStarted s -> content = true;
                case StreamEvent.BlockEnded e -> content = true;
                case StreamEvent.Delta d -> content = true;
                case StreamEvent.Signed s -> content = true;
                case StreamEvent.Attached a -> content = true;
                case StreamEvent.ChoiceEnded e -> content = true;
                case StreamEvent.Opened o -> opening = true;
                case StreamEvent.UsageReported u -> usage = true;
                case StreamEvent.Terminated t -> terminated = true;
                case StreamEvent.Malformed m -> malformed++;
                case StreamEvent.Failed failed -> failure = failed.failure();
                case StreamEvent.Pinged p -> {}
                case StreamEvent.Restarted r -> {}
            }
        }
        return new FrameContents(content, opening, usage, terminated, malformed, failure);
    }
}
