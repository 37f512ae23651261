package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.StreamDecoder;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What reading one text event allocates: its text, its canonical event and its frame, and little
 * else.
 */
class ReadingCostsLittleTest {

    private static final int EVENTS = 20_000;
    private static final int MOST_BYTES = 160;

    @Test
    void aTextEventAllocatesLittle() {
        StreamDecoder decoder = new MessagesProtocol().streamDecoder(Decoding.TARGET);
        byte[] start =
                bytes(
                        "event: content_block_start\ndata: {\"type\":\"content_block_start\","
                                + "\"index\":0,\"content_block\":{\"type\":\"text\"}}\n\n");
        byte[] text =
                bytes(
                        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                                + "\"delta\":{\"type\":\"text_delta\",\"text\":\" token\"}     }\n\n");
        decoder.feed(start, 0, start.length, frame -> {});
        read(decoder, text);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        read(decoder, text);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / EVENTS;

        assertThat(each).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void goingThroughAllocatesNothing() {
        List<Frame> frames = Showing.decoded(Golden.read("text.stream.sse"));
        AnswerEncoder encoder =
                new MessagesProtocol()
                        .encoder(
                                Showing.request(
                                        "{\"model\":\"m\",\"max_tokens\":1,\"stream\":true,"
                                                + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"),
                                () -> "minted",
                                0);
        ByteSink sink = (bytes, offset, length) -> {};
        Frame text = frames.getFirst();
        for (Frame frame : frames) {
            if (frame.size() == 1 && frame.event(0) instanceof StreamEvent.Delta) {
                text = frame;
                break;
            }
            encoder.frame(frame, sink);
        }
        show(encoder, text, sink);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        show(encoder, text, sink);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / EVENTS;

        assertThat(text.event(0)).isInstanceOf(StreamEvent.Delta.class);
        assertThat(each).isLessThanOrEqualTo(1);
    }

    private static void show(AnswerEncoder encoder, Frame frame, ByteSink sink) {
        for (int i = 0; i < EVENTS; i++) {
            encoder.frame(frame, sink);
        }
    }

    private static void read(StreamDecoder decoder, byte[] event) {
        for (int i = 0; i < EVENTS; i++) {
            decoder.feed(event, 0, event.length, frame -> {});
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
