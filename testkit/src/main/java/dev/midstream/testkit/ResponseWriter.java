package dev.midstream.testkit;

import dev.midstream.testkit.Delivery.Framing;
import dev.midstream.testkit.Delivery.Joined;
import dev.midstream.testkit.Delivery.PerEvent;
import dev.midstream.testkit.Delivery.SplitAt;
import dev.midstream.testkit.Delivery.Trickle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Puts head and body of one response on the wire in the way that a {@link Delivery} says. */
final class ResponseWriter {

    private final Peer peer;
    private final Delivery delivery;
    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
    private boolean begun;
    private boolean unframed;
    private long offset;

    ResponseWriter(Peer peer, Delivery delivery) {
        this.peer = peer;
        this.delivery = delivery;
    }

    boolean begun() {
        return begun;
    }

    /** Bytes of the body handed to the socket. */
    long bytes() {
        return offset;
    }

    /** Whether the client knows where this response ends while the connection stays open. */
    boolean delimited() {
        return !unframed && delivery.framing() != Framing.UNTIL_CLOSE;
    }

    void head(int status, Map<String, String> headers) throws PeerLeft {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        begun = true;
        send(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Anything in place of a head; framing is off from here on. */
    void rawHead(String text) throws PeerLeft {
        begun = true;
        unframed = true;
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void body(byte[] bytes, int length) throws PeerLeft {
        switch (delivery.writes()) {
            case PerEvent ignored -> piece(bytes, 0, length);
            case Joined ignored -> joined.write(bytes, 0, length);
            case Trickle(int size, Duration pause) -> {
                for (int at = 0; at < length; at += size) {
                    piece(bytes, at, Math.min(size, length - at));
                    peer.pause(pause);
                }
            }
            case SplitAt split -> split(bytes, length, split);
        }
    }

    /** Hands over what waits to be joined. */
    void flush() throws PeerLeft {
        byte[] bytes = joined.toByteArray();
        joined.reset();
        piece(bytes, 0, bytes.length);
    }

    /** Ends the body as its framing wants it. */
    void end() throws PeerLeft {
        flush();
        if (!unframed && delivery.framing() == Framing.CHUNKED) {
            send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void split(byte[] bytes, int length, SplitAt split) throws PeerLeft {
        int from = 0;
        for (long cut : split.offsets()) {
            long at = cut - offset + from;
            if (at > from && at < length) {
                piece(bytes, from, (int) at - from);
                from = (int) at;
            }
        }
        piece(bytes, from, length - from);
    }

    /** One write, and in chunked framing one chunk. */
    private void piece(byte[] bytes, int from, int length) throws PeerLeft {
        if (length == 0) {
            return;
        }
        if (unframed || delivery.framing() != Framing.CHUNKED) {
            peer.write(bytes, from, length);
        } else {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream(length + 16);
            chunk.writeBytes(
                    (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunk.write(bytes, from, length);
            chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            send(chunk.toByteArray());
        }
        offset += length;
    }

    private void send(byte[] bytes) throws PeerLeft {
        peer.write(bytes, 0, bytes.length);
    }
}
