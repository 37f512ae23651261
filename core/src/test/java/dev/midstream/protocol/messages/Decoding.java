package dev.midstream.protocol.messages;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Feeds a decoder and notes what it says. */
final class Decoding {

    static final Target TARGET =
            new Target(
                    "d1",
                    "claude",
                    "anthropic",
                    "claude-sonnet-4-6",
                    MessagesProtocol.NAME,
                    "",
                    Map.of(),
                    false,
                    List.of(),
                    List.of());

    private Decoding() {}

    /** What a streamed answer says, fed at once. */
    static List<StreamEvent> stream(String wire) {
        return fed(wire.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    /**
     * What a streamed answer says, fed in pieces of {@code size} bytes out of one array that is
     * reused.
     */
    static List<StreamEvent> fed(byte[] wire, int size) {
        StreamDecoder decoder = new MessagesProtocol().streamDecoder(TARGET);
        List<StreamEvent> events = new ArrayList<>();
        byte[] buffer = new byte[Math.min(size, wire.length)];
        for (int at = 0; at < wire.length; at += size) {
            int count = Math.min(size, wire.length - at);
            System.arraycopy(wire, at, buffer, 0, count);
            decoder.feed(buffer, 0, count, frame -> note(frame, events));
            Arrays.fill(buffer, (byte) 'x');
            if (size == Integer.MAX_VALUE) {
                break;
            }
        }
        decoder.end(frame -> note(frame, events));
        return events;
    }

    /** What a streamed answer says, fed in two pieces. */
    static List<StreamEvent> split(byte[] wire, int at) {
        StreamDecoder decoder = new MessagesProtocol().streamDecoder(TARGET);
        List<StreamEvent> events = new ArrayList<>();
        byte[] head = Arrays.copyOf(wire, at);
        decoder.feed(head, 0, at, frame -> note(frame, events));
        Arrays.fill(head, (byte) 'x');
        decoder.feed(wire, at, wire.length - at, frame -> note(frame, events));
        decoder.end(frame -> note(frame, events));
        return events;
    }

    /** What a plain answer says. */
    static List<StreamEvent> plain(String body) {
        StreamDecoder decoder = new MessagesProtocol().plainDecoder(TARGET);
        List<StreamEvent> events = new ArrayList<>();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at++) {
            decoder.feed(bytes, at, 1, frame -> note(frame, events));
        }
        decoder.end(frame -> note(frame, events));
        return events;
    }

    /** The failure that an answer ends in. */
    static Failure failure(List<StreamEvent> events) {
        if (events.getLast() instanceof StreamEvent.Failed failed) {
            return failed.failure();
        }
        throw new AssertionError("No failure at the end of " + events);
    }

    /** One event a line, as records print themselves. */
    static String lines(List<StreamEvent> events) {
        StringBuilder lines = new StringBuilder();
        for (StreamEvent event : events) {
            lines.append(event).append('\n');
        }
        return lines.toString();
    }

    private static void note(Frame frame, List<StreamEvent> events) {
        for (int i = 0; i < frame.size(); i++) {
            events.add(frame.event(i));
        }
    }
}
