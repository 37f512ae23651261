package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.midstream.protocol.StreamDecoder;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * What reading one text delta allocates: its text, its canonical event and its frame, and little
 * else.
 */
class TextDeltasCostLittleTest {

    private static final int EVENTS = 20_000;
    private static final int MOST_BYTES = 160;

    @Test
    void aTextDeltaAllocatesLittle() {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);
        byte[] start = UpstreamStream.opened().message(0).part(0, 0, "output_text").bytes();
        byte[] text =
                ("event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
                                + "\"sequence_number\":1234567,\"item_id\":\"msg_68af4030592c81938\","
                                + "\"output_index\":0,\"content_index\":0,\"delta\":\" token\","
                                + "\"logprobs\":[],\"obfuscation\":\"a8Vq2LxQk\"}\n\n")
                        .getBytes(StandardCharsets.UTF_8);
        decoder.feed(start, 0, start.length, frame -> {});
        read(decoder, text);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        read(decoder, text);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / EVENTS;

        assertThat(each).isLessThanOrEqualTo(MOST_BYTES);
    }

    private static void read(StreamDecoder decoder, byte[] event) {
        for (int i = 0; i < EVENTS; i++) {
            decoder.feed(event, 0, event.length, frame -> {});
        }
    }
}
