package dev.midstream.protocol.messages;

import dev.midstream.json.Bytes;
import dev.midstream.model.Frame;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One client of the protocol, and what it is shown. */
final class Showing {

    private final AnswerEncoder encoder;
    private final Bytes out = new Bytes(1024);
    private Usage usage = Usage.NONE;

    private Showing(Request request) {
        int[] count = {0};
        encoder = new MessagesProtocol().encoder(request, () -> "minted" + ++count[0], 7);
    }

    static Showing stream() {
        return to("\"stream\":true");
    }

    static Showing plain() {
        return to("\"stream\":false");
    }

    /** A client whose request has these members besides. */
    static Showing to(String members) {
        return new Showing(
                request(
                        "{\"model\":\"asked\",\"max_tokens\":100,"
                                + members
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"));
    }

    static Showing toRequest(String body) {
        return new Showing(request(body));
    }

    static Request request(String body) {
        try {
            return new MessagesProtocol().parse(body.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidRequest invalid) {
            throw new AssertionError(invalid);
        }
    }

    /** Shows what the relay would: signs of life stay away, and the terminal event. */
    Showing frames(List<Frame> frames) {
        for (Frame frame : frames) {
            boolean content = frame.extras();
            for (int i = 0; i < frame.size(); i++) {
                StreamEvent event = frame.event(i);
                content |=
                        !(event instanceof StreamEvent.Pinged)
                                && !(event instanceof StreamEvent.Terminated);
                if (event instanceof StreamEvent.UsageReported reported) {
                    usage = usage.updatedBy(reported.usage());
                }
            }
            if (content) {
                encoder.frame(frame, out::write);
            }
        }
        return this;
    }

    Showing events(StreamEvent... events) {
        for (StreamEvent event : events) {
            encoder.event(event, out::write);
        }
        return this;
    }

    Showing heartbeat() {
        encoder.heartbeat(out::write);
        return this;
    }

    Showing comment(String text) {
        encoder.comment(text, out::write);
        return this;
    }

    Showing reset() {
        encoder.reset();
        return this;
    }

    String failed(ErrorReport report) {
        encoder.fail(report, out::write);
        return out.toString();
    }

    /** All that the client was shown, the answer ended with the usage that was reported. */
    String finished() {
        return finished(usage);
    }

    String finished(Usage whole) {
        encoder.finish(whole, out::write);
        return out.toString();
    }

    String shown() {
        return out.toString();
    }

    /** The frames of a stream fed in two, each on bytes of its own. */
    static List<Frame> decoded(String wire, int split) {
        byte[] bytes = wire.getBytes(StandardCharsets.UTF_8);
        int at = Math.min(split, bytes.length);
        List<Frame> frames = new ArrayList<>();
        StreamDecoder decoder = new MessagesProtocol().streamDecoder(Decoding.TARGET);
        byte[] reused = Arrays.copyOf(bytes, bytes.length);
        decoder.feed(reused, 0, at, frame -> frames.add(frame.copy()));
        Arrays.fill(reused, (byte) '#');
        System.arraycopy(bytes, at, reused, 0, bytes.length - at);
        decoder.feed(reused, 0, bytes.length - at, frame -> frames.add(frame.copy()));
        decoder.end(frame -> frames.add(frame.copy()));
        return frames;
    }

    static List<Frame> decoded(String wire) {
        return decoded(wire, Integer.MAX_VALUE);
    }

    static List<Frame> body(String body) {
        List<Frame> frames = new ArrayList<>();
        StreamDecoder decoder = new MessagesProtocol().plainDecoder(Decoding.TARGET);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        decoder.feed(bytes, 0, bytes.length, frames::add);
        decoder.end(frames::add);
        return frames;
    }
}
