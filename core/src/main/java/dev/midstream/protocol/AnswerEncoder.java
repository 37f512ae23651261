package dev.midstream.protocol;

import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;

/**
 * Writes one answer to one client in its protocol: as a stream, or assembled into one body at the
 * end.
 *
 * <p><b>Shape</b>: {@code (frame | event | heartbeat | comment)*, (finish | fail)}. Block and
 * choice numbers are the client's: the caller has renumbered what came after a seam. The encoder is
 * shown every released event, raw ones too, so that it can go on after a seam. Identity (id, model,
 * time) is the first {@code Opened}'s, or minted where the upstream gave none; every later {@code
 * Opened} is ignored.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
public interface AnswerEncoder {

    /** The media type of what is written. */
    String contentType();

    /**
     * Writes a frame as it came where the protocol is the same and the frame allows it, else its
     * events one by one.
     */
    void frame(Frame frame, ByteSink out);

    void event(StreamEvent event, ByteSink out);

    /** Keeps the connection alive without saying anything. */
    void heartbeat(ByteSink out);

    /** A note beside the stream that every client ignores. One line, no line breaks. */
    void comment(String text, ByteSink out);

    /**
     * Forgets all that was shown: an answer that nobody has seen starts over. Only for assembled
     * answers.
     */
    void reset();

    /**
     * Ends the answer well: usage where the client wants it, then the protocol's terminal event.
     */
    void finish(Usage usage, ByteSink out);

    /**
     * Ends a stream that had begun by an error event on which every official SDK raises; no success
     * terminator.
     */
    void fail(ErrorReport report, ByteSink out);
}
