package dev.midstream.protocol.chat;

import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Streams for tests, and what is decoded from them. */
final class ChatStreams {

    static final Target TARGET = target("openai", "gpt-x");

    private ChatStreams() {}

    static Target target(String provider, String model, dev.midstream.model.Quirk... quirks) {
        return new Target(
                "d1",
                "group",
                provider,
                model,
                ChatProtocol.NAME,
                "",
                Map.of(),
                false,
                List.of(),
                List.of(quirks));
    }

    /** Events of one {@code data} line each. */
    static String sse(String... events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            text.append("data: ").append(event).append("\n\n");
        }
        return text.toString();
    }

    /** A chunk with OpenAI's members around the given choices. */
    static String chunk(String choices) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"m\",\"choices\":["
                + choices
                + "]}";
    }

    static String delta(String delta) {
        return chunk("{\"index\":0,\"delta\":{" + delta + "},\"finish_reason\":null}");
    }

    static String finish(String reason) {
        return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}");
    }

    /** The frames of a stream fed at once, each on bytes of its own. */
    static List<Frame> frames(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return frames(bytes, bytes.length);
    }

    /** The frames of a stream fed in two, from an array that is overwritten in between. */
    static List<Frame> frames(byte[] bytes, int split) {
        List<Frame> frames = new ArrayList<>();
        StreamDecoder decoder = new ChatProtocol().streamDecoder(TARGET);
        byte[] reused = new byte[bytes.length];
        System.arraycopy(bytes, 0, reused, 0, split);
        decoder.feed(reused, 0, split, frame -> frames.add(frame.copy()));
        Arrays.fill(reused, (byte) '#');
        System.arraycopy(bytes, split, reused, 0, bytes.length - split);
        decoder.feed(reused, 0, bytes.length - split, frame -> frames.add(frame.copy()));
        Arrays.fill(reused, (byte) '#');
        decoder.end(frame -> frames.add(frame.copy()));
        return frames;
    }

    static List<StreamEvent> events(List<Frame> frames) {
        List<StreamEvent> events = new ArrayList<>();
        for (Frame frame : frames) {
            for (int i = 0; i < frame.size(); i++) {
                events.add(frame.event(i));
            }
        }
        return events;
    }

    static List<StreamEvent> events(String text) {
        return events(frames(text));
    }

    /** The events that say something: without signs of life. */
    static List<StreamEvent> said(String text) {
        List<StreamEvent> events = new ArrayList<>(events(text));
        events.removeIf(event -> event instanceof StreamEvent.Pinged);
        return events;
    }
}
