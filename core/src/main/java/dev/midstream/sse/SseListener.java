package dev.midstream.sse;

/** Takes what an {@link SseParser} finds, in order. Byte ranges are valid only during the call. */
public interface SseListener {

    /**
     * A whole event.
     *
     * @param name the event's name, {@code ""} if it had none
     */
    void event(String name, byte[] bytes, int offset, int length);

    /** A comment, or an event without data: a sign of life and nothing else. */
    void alive();

    /**
     * A line whose field is named {@code error}: no field of the standard, but some servers report
     * errors so.
     */
    void errorField(byte[] bytes, int offset, int length);

    /** A line or an event is longer than allowed. Nothing follows. */
    void tooLong(int limit);
}
