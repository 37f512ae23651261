package dev.midstream.protocol;

/**
 * Turns an upstream's answer, streamed or plain, into frames.
 *
 * <p><b>Shape</b>: {@code feed} as bytes come, cut anywhere; then {@code end} once, however the
 * input ended. The decoder does not judge whether the answer is complete: whoever sees that every
 * choice has ended knows.
 *
 * <p><b>Failure</b>: never throws on input. An event that cannot be decoded becomes {@code
 * Malformed}; a second one in a row, or one that nothing valid follows, and anything over a bound,
 * becomes {@code Failed}.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
public interface StreamDecoder {

    void feed(byte[] bytes, int offset, int length, FrameSink sink);

    /**
     * From where the same answer could be asked for again, after what has been decoded: {@code
     * starting_after} of OpenAI's Responses API.
     *
     * @return the position, or -1 if the protocol has none or nothing came yet
     */
    default long position() {
        return -1;
    }

    /**
     * The answer goes on over another connection, from {@link #position()}: what was begun and not
     * finished comes again. May be called after {@code end}.
     */
    default void reconnected() {
        throw new IllegalStateException("This protocol cannot take an answer up again");
    }

    /** The input has ended; what was begun and not finished is an error's text or is dropped. */
    void end(FrameSink sink);
}
