package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Frame;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams of the protocol itself, as Anthropic's page on streaming shows them (2026-11): a client
 * gets every event but the pings and the empty pieces as it came.
 */
class StreamsGoThroughAsTheyCameTest {

    private static final Pattern QUIET =
            Pattern.compile(
                    "(?m)^event: ping\\R.*\\R\\R|^event: content_block_delta\\R.*"
                            + "(?:\"partial_json\": ?\"(?:\\{})?\"|\"text\": ?\"\").*\\R\\R|^:.*\\R\\R"
                            + "|^event: message_delta\\R.*\"stop_reason\":null.*\\R\\R");

    @ParameterizedTest
    @ValueSource(strings = {"text", "thinking", "server-tool", "citations"})
    void everythingGoesAsItCame(String name) {
        String wire = Golden.read(name + ".stream.sse");
        String shown = Showing.stream().frames(Showing.decoded(wire)).finished();
        assertThat(bare(shown)).isEqualTo(bare(wire));
    }

    /** The pings, the padding and the spelling of the last event are of no meaning. */
    private static String bare(String wire) {
        return QUIET.matcher(wire)
                .replaceAll("")
                .replaceAll("\\{\"type\": ?\"message_stop\" *\\}", "{\"type\":\"message_stop\"}")
                .strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "thinking", "tools", "server-tool", "citations", "nameless"})
    void itIsTheSameHoweverItIsSplit(String name) {
        String wire = Golden.read(name + ".stream.sse");
        String whole = Showing.stream().frames(Showing.decoded(wire)).finished();
        for (int at = 0; at < wire.length(); at++) {
            String shown = Showing.stream().frames(Showing.decoded(wire, at)).finished();
            assertThat(shown).as("split at %d", at).isEqualTo(whole);
        }
    }

    @Test
    void aGapBetweenTheNumbersIsClosed() {
        String wire =
                event(
                                "message_start",
                                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                                        + "\"model\":\"m\",\"content\":[],\"stop_reason\":null,"
                                        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}")
                        + event("content_block_start", "\"index\":0," + TEXT)
                        + event("content_block_delta", "\"index\":0," + say("a"))
                        + event("content_block_stop", "\"index\":0")
                        + event("content_block_start", "\"index\":2," + TEXT)
                        + event("content_block_delta", "\"index\":2," + say("b"))
                        + event("content_block_stop", "\"index\":2")
                        + event(
                                "message_delta",
                                "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                        + "\"usage\":{\"output_tokens\":2}")
                        + event("message_stop", "");
        List<Frame> frames = Showing.decoded(wire);
        assertThat(Showing.stream().frames(frames).finished())
                .contains("\"index\":1,\"content_block\"", "\"index\":1,\"delta\"")
                .doesNotContain("\"index\":2");
    }

    private static final String TEXT = "\"content_block\":{\"type\":\"text\",\"text\":\"\"}";

    private static String say(String text) {
        return "\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}";
    }

    private static String event(String type, String members) {
        return "event: "
                + type
                + "\ndata: {\"type\":\""
                + type
                + "\""
                + (members.isEmpty() ? "" : "," + members)
                + "}\n\n";
    }
}
