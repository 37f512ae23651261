package dev.midstream.protocol;

import dev.midstream.model.Frame;

/** Takes decoded frames in order. A frame's bytes are valid only during the call. */
@FunctionalInterface
public interface FrameSink {
    void frame(Frame frame);
}
