package dev.midstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.midstream.model.Target;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.ResponsesProtocol;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a stream's decoder takes for its first event: with thousands of streams open this is memory,
 * not garbage. A parser that copies its table of names takes some 5 KB more, buffers made in
 * advance 3 KB.
 */
@Isolated
class ANewStreamIsCheapTest {

    private static final String CHAT =
            "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1770933892,\"model\":\"gpt-x\",\"service_tier\":"
                    + "\"default\",\"system_fingerprint\":\"fp_1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                    + "\"content\":\"a\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null,"
                    + "\"obfuscation\":\"k3\"}\n\n";
    private static final String MESSAGES =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":"
                    + "\"assistant\",\"model\":\"claude\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":"
                    + "{\"input_tokens\":9,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":1,"
                    + "\"service_tier\":\"standard\"}}}\n\n";
    private static final String RESPONSES =
            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":4,\"item_id\":"
                    + "\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"a\",\"logprobs\":[],\"obfuscation\":\"k3\"}\n\n";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({"chat, 6000", "messages, 6000", "responses, 6000"})
    void inWhatItsFirstEventTakes(String protocol, long most) {
        byte[] event = first(protocol).getBytes(StandardCharsets.UTF_8);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            least = Math.min(least, taken(protocol, event));
        }
        System.out.printf("The decoder of a new stream in %s takes %d bytes.%n", protocol, least);
        assertThat(least).isLessThan(most);
    }

    private long taken(String protocol, byte[] event) {
        Target target = target(protocol);
        UpstreamProtocol upstream = upstream(protocol);
        long before = threads.getCurrentThreadAllocatedBytes();
        upstream.streamDecoder(target).feed(event, 0, event.length, frame -> {});
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static String first(String protocol) {
        return switch (protocol) {
            case "messages" -> MESSAGES;
            case "responses" -> RESPONSES;
            default -> CHAT;
        };
    }

    private static UpstreamProtocol upstream(String protocol) {
        return switch (protocol) {
            case "messages" -> new MessagesProtocol();
            case "responses" -> new ResponsesProtocol();
            default -> new ChatProtocol();
        };
    }

    private static Target target(String protocol) {
        String name = upstream(protocol).name();
        return new Target("d", "m", "p", "x", name, "", Map.of(), false, List.of(), List.of());
    }
}
