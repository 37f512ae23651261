package dev.midstream.protocol.chat;

import static dev.midstream.protocol.chat.ChatStreams.chunk;
import static dev.midstream.protocol.chat.ChatStreams.delta;
import static dev.midstream.protocol.chat.ChatStreams.finish;
import static dev.midstream.protocol.chat.ChatStreams.frames;
import static dev.midstream.protocol.chat.ChatStreams.sse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.json.Bytes;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * openai-java 4.98 throws where {@code choices}, {@code index} or {@code delta} is missing or null;
 * Python's helper joins roles; every client takes a finish reason that is a text for an end.
 */
class ClientsNeverSeeChunksTheyChokeOnTest {

    private static final String HEAD = "{\"id\":\"c1\",\"created\":7,\"model\":\"m\"";
    private static final String FIRST = delta("\"role\":\"assistant\",\"content\":\"a\"");
    private static final String SECOND = delta("\"content\":\"b\",\"unknown\":[1e400]");

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + "}",
                HEAD + ",\"choices\":null}",
                HEAD + ",\"choices\":{}}",
                HEAD + ",\"choices\":[{\"index\":0,\"delta\":null,\"finish_reason\":null}]}",
                HEAD + ",\"choices\":[{\"index\":0,\"finish_reason\":null}]}",
                HEAD + ",\"choices\":[{\"delta\":{}}]}"
            })
    void chunksThatSayNothingAreSwallowedWhereverTheyStand(String odd) throws InvalidRequest {
        String clean = sse(FIRST, SECOND, finish("stop"));
        assertThat(sent(sse(odd, FIRST, SECOND, finish("stop")))).isEqualTo(clean);
        assertThat(sent(sse(FIRST, odd, SECOND, finish("stop")))).isEqualTo(clean);
        assertThat(sent(sse(FIRST, SECOND, finish("stop"), odd))).isEqualTo(clean);
    }

    @Test
    void aFinishWithoutADeltaIsGivenOne() throws InvalidRequest {
        assertThat(sent(sse(FIRST, chunk("{\"index\":0,\"finish_reason\":\"stop\"}"))))
                .isEqualTo(sse(FIRST, finish("stop")));
    }

    /** Some servers send the whole answer as a message, others repeat it behind the last delta. */
    @Test
    void aMessageCountsForWantOfADeltaOnly() throws InvalidRequest {
        String message = "\"message\":{\"role\":\"assistant\",\"content\":\"whole\"}";
        String end = ",\"finish_reason\":\"stop\"}";
        assertThat(sent(sse(chunk("{\"index\":0," + message + end)))).contains("\"whole\"");
        assertThat(sent(sse(FIRST, chunk("{\"index\":0," + message + end))))
                .isEqualTo(sse(FIRST, finish("stop")));
        for (String both : List.of(message + ",\"delta\":{}", "\"delta\":{}," + message, message)) {
            assertThat(sent(sse(FIRST, chunk("{\"index\":0," + both + end))))
                    .startsWith(sse(FIRST))
                    .doesNotContain("\"delta\":{\"content\":\"whole\"");
        }
    }

    @Test
    void textWithoutAnIndexIsGivenOne() throws InvalidRequest {
        assertThat(sent(sse(FIRST, chunk("{\"delta\":{\"content\":\"b\"}}"), finish("stop"))))
                .isEqualTo(sse(FIRST, delta("\"content\":\"b\""), finish("stop")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"null\"}",
                "{\"index\":0,\"delta\":{\"content\":\"b\"} , \"finish_reason\" : \"\" }",
                "{\"finish_reason\":\"\", \"index\":0,\"delta\":{\"content\":\"b\"}}",
                "{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"\\u006eull\"}"
            })
    void aFinishReasonThatSaysNothingIsNoFinishAndLeftOut(String odd) throws InvalidRequest {
        String sent = sent(sse(FIRST, chunk(odd), SECOND, finish("stop")));
        assertThat(sent).startsWith(sse(FIRST)).endsWith(sse(SECOND, finish("stop")));
        assertThat(sent.substring(0, sent.indexOf("1e400")))
                .contains("\"b\"")
                .doesNotContain("ull\"", "\"\"");
        assertThat(sent.split("data: ")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"delta\":{\"role\":\"assistant\"", "{\"finish_reason\":\"\""})
    void aChunkThatEndsThereIsMalformedAndNoMore(String torn) {
        String stream = "{\"choices\":[" + torn;
        for (String blanks : List.of("", " ")) {
            assertThat(ChatStreams.events(sse(stream + blanks)).getFirst())
                    .isInstanceOf(StreamEvent.Malformed.class);
            ChunkReader reader = new ChunkReader("delta");
            byte[] bytes = (stream + blanks).getBytes(StandardCharsets.UTF_8);
            assertThat(reader.read(bytes, 0, bytes.length, true, new Chunk())).isFalse();
        }
    }

    @Test
    void aPlainAnswerWhoseFinishReasonSaysNothingHasStopped() {
        ChatBodyDecoder decoder = new ChatBodyDecoder();
        byte[] body =
                ("{\"id\":\"c1\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"},"
                                + "\"finish_reason\":\"\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        decoder.feed(body, 0, body.length, frame -> {});
        decoder.end(
                frame -> {
                    assertThat(frame.verbatim()).isFalse();
                    assertThat(ChatStreams.events(List.of(frame)))
                            .anyMatch(event -> event instanceof StreamEvent.ChoiceEnded);
                });
    }

    /** OpenRouter: the role in every chunk, with usage in one behind the finish. */
    @Test
    void theRoleIsToldOnceAndWhatStandsBesideItIsKept() throws InvalidRequest {
        String stream =
                sse(
                        delta("\"role\":\"assistant\",\"content\":\"\""),
                        delta("\"role\":\"assistant\",\"content\":\"a\",\"unknown\":[1e400]"),
                        delta("\"content\":\"b\", \"role\" : \"assistant\""),
                        delta("\"role\":\"assistant\" , \"content\":\"c\",\"unknown\":[1e401]"),
                        chunk(
                                "{\"index\":0,\"delta\":{\"role\":\"assistant\"},"
                                        + "\"finish_reason\":\"stop\"}"),
                        "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                                + "\"content\":\"\"},\"finish_reason\":null}],\"usage\":"
                                + "{\"prompt_tokens\":1,\"completion_tokens\":2}}");
        assertThat(sent(stream))
                .isEqualTo(
                        sse(
                                delta("\"role\":\"assistant\",\"content\":\"\""),
                                delta("\"content\":\"a\",\"unknown\":[1e400]"),
                                delta("\"content\":\"b\""),
                                delta("\"content\":\"c\",\"unknown\":[1e401]"),
                                finish("stop")));
    }

    @Test
    void eachChoiceKeepsItsRole() throws InvalidRequest {
        String second = "{\"index\":1,\"delta\":{\"role\":\"assistant\",\"content\":\"x\"}}";
        String stream = sse(FIRST, chunk(second), SECOND);
        assertThat(sent(stream)).isEqualTo(stream);
    }

    @Test
    void aLateRoleIsNotASecondOne() throws InvalidRequest {
        String sent =
                sent(
                        sse(
                                delta("\"content\":\"a\""),
                                delta("\"role\":\"assistant\",\"content\":\"b\"")));
        assertThat(sent.split("assistant", -1)).hasSize(2);
    }

    @Test
    void usageBesideAnEmptyChoiceIsToldAtTheEnd() throws InvalidRequest {
        String usage =
                "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"}}],\"usage\":"
                        + "{\"prompt_tokens\":1,\"completion_tokens\":2}}";
        Bytes out = new Bytes(1024);
        AnswerEncoder encoder = encoder(true);
        for (Frame frame : frames(sse(FIRST, usage, finish("stop")))) {
            encoder.frame(frame, out::write);
        }
        encoder.finish(Usage.of(1, 2), out::write);
        assertThat(out.toString())
                .startsWith(sse(FIRST, finish("stop")))
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":1");
    }

    private static String sent(String stream) throws InvalidRequest {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        String whole = sent(frames(bytes, bytes.length));
        for (int split = 1; split < bytes.length; split++) {
            assertThat(sent(frames(bytes, split))).isEqualTo(whole);
        }
        return whole;
    }

    private static String sent(List<Frame> frames) throws InvalidRequest {
        Bytes out = new Bytes(1024);
        AnswerEncoder encoder = encoder(false);
        frames.forEach(frame -> encoder.frame(frame, out::write));
        return out.toString();
    }

    private static AnswerEncoder encoder(boolean usage) throws InvalidRequest {
        String body =
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                        + "\"stream_options\":{\"include_usage\":"
                        + usage
                        + "}}";
        ChatProtocol protocol = new ChatProtocol();
        return protocol.encoder(
                protocol.parse(body.getBytes(StandardCharsets.UTF_8)), () -> "x", 9);
    }
}
