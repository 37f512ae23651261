package dev.midstream.model;

import java.util.List;

/**
 * One event of an upstream's protocol: the canonical events it held, and where its bytes are.
 *
 * <p>The bytes lie in the read buffer and are valid only until the decoder that made the frame is
 * fed again: whoever keeps a frame keeps {@link #copy()}. A frame may be written to a client of the
 * same protocol as it came, leaving out its {@link #cuts()}, unless it {@link #verbatim() says
 * otherwise}.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
public final class Frame {

    private static final int[] NO_CUTS = {};
    private static final byte[] NO_BYTES = {};

    private final String protocol;
    private final Object events;
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final int[] cuts;
    private final boolean verbatim;
    private final boolean extras;

    private Frame(
            String protocol,
            Object events,
            byte[] bytes,
            int offset,
            int length,
            int[] cuts,
            boolean verbatim,
            boolean extras) {
        this.protocol = protocol;
        this.events = events;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.cuts = cuts;
        this.verbatim = verbatim;
        this.extras = extras;
    }

    /** A frame of exactly one canonical event, the usual case: one delta of text. */
    public static Frame of(
            String protocol, StreamEvent event, byte[] bytes, int offset, int length) {
        return new Frame(protocol, event, bytes, offset, length, NO_CUTS, true, false);
    }

    /**
     * A frame of any number of canonical events.
     *
     * @param cuts pairs of absolute positions in {@code bytes} [from, to), ascending: what is left
     *     out when the frame is written verbatim
     * @param extras whether the frame holds members that the canonical events do not carry
     */
    public static Frame of(
            String protocol,
            List<StreamEvent> events,
            byte[] bytes,
            int offset,
            int length,
            int[] cuts,
            boolean extras) {
        return new Frame(
                protocol,
                events.size() == 1 ? events.get(0) : List.copyOf(events),
                bytes,
                offset,
                length,
                cuts,
                true,
                extras);
    }

    /** Canonical events without bytes of their own: they are always encoded anew. */
    public static Frame synthetic(List<StreamEvent> events) {
        return new Frame(
                "",
                events.size() == 1 ? events.get(0) : List.copyOf(events),
                NO_BYTES,
                0,
                0,
                NO_CUTS,
                false,
                false);
    }

    /** The protocol whose bytes these are; empty for a synthetic frame. */
    public String protocol() {
        return protocol;
    }

    /** How many canonical events the frame holds. */
    public int size() {
        return events instanceof List<?> list ? list.size() : 1;
    }

    public StreamEvent event(int index) {
        return (StreamEvent) (events instanceof List<?> list ? list.get(index) : events);
    }

    public boolean verbatim() {
        return verbatim;
    }

    /**
     * Whether the bytes hold members that the canonical events do not carry (unknown to us, or
     * bound to the protocol).
     */
    public boolean extras() {
        return extras;
    }

    /**
     * The data of the protocol's event alone (for SSE: the JSON of the data line, not the line).
     */
    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Pairs of absolute positions [from, to) to leave out when written verbatim. */
    public int[] cuts() {
        return cuts;
    }

    /** The same frame on bytes of its own, to be kept. */
    public Frame copy() {
        byte[] own = new byte[length];
        System.arraycopy(bytes, offset, own, 0, length);
        int[] moved = cuts.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= offset;
        }
        return new Frame(protocol, events, own, 0, length, moved, verbatim, extras);
    }
}
