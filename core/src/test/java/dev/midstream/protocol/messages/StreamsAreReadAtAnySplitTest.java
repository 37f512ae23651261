package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams as Anthropic writes them, {@code <case>.stream.sse}, and what they say, {@code
 * <case>.stream.events}.
 *
 * <p>Written from Anthropic's page on streaming messages (text, tool use, extended thinking, web
 * search) and from what its SDKs' types and recorded streams of public repositories show: padded
 * JSON, pings anywhere, first deltas that are empty, the placeholder in {@code output_tokens}.
 */
class StreamsAreReadAtAnySplitTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"text", "tools", "thinking", "server-tool", "citations", "crlf", "nameless"})
    void eachStreamSaysTheSameHoweverItIsSplit(String name) {
        byte[] wire = wire(name);
        List<StreamEvent> whole = Decoding.stream(new String(wire, StandardCharsets.UTF_8));

        Golden.check(name + ".stream.events", Decoding.lines(whole));
        for (int at = 0; at <= wire.length; at++) {
            assertThat(Decoding.split(wire, at)).as("split at %d", at).isEqualTo(whole);
        }
        for (int size = 1; size <= 64; size++) {
            assertThat(Decoding.fed(wire, size)).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    private static byte[] wire(String name) {
        String wire = Golden.read(name.equals("crlf") ? "text.stream.sse" : name + ".stream.sse");
        return (name.equals("crlf") ? wire.replace("\n", "\r\n") : wire)
                .getBytes(StandardCharsets.UTF_8);
    }
}
