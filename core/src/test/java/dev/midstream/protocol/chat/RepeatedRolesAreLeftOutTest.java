package dev.midstream.protocol.chat;

import static dev.midstream.protocol.chat.ChatStreams.chunk;
import static dev.midstream.protocol.chat.ChatStreams.delta;
import static dev.midstream.protocol.chat.ChatStreams.finish;
import static dev.midstream.protocol.chat.ChatStreams.frames;
import static dev.midstream.protocol.chat.ChatStreams.sse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.json.Bytes;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * OpenRouter tells the role in every chunk; openai-python 3.22 joins them.
 *
 * <p><b>Source.</b> Recorded streams of OpenRouter, and {@code ChatCompletionStreamState}, 2026.
 */
class RepeatedRolesAreLeftOutTest {

    private static final String FIRST = "\"role\":\"assistant\",\"content\":\"\"";

    private static String sent(String... chunks) throws InvalidRequest {
        String request =
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";
        ChatProtocol protocol = new ChatProtocol();
        AnswerEncoder encoder =
                protocol.encoder(
                        protocol.parse(request.getBytes(StandardCharsets.UTF_8)), () -> "fresh", 7);
        Bytes out = new Bytes(1024);
        frames(sse(chunks)).forEach(frame -> encoder.frame(frame, out::write));
        encoder.finish(Usage.NONE, out::write);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "role":"assistant","content":"b"      | "content":"b"
                    "content":"b","role":"assistant"      | "content":"b"
                    "content":"b","role":"assistant","x":1| "content":"b","x":1
                    "content":"b" , "role" : "assistant"  | "content":"b"
                    "role" : "assistant" , "content":"b"  | "content":"b"
                    "content":"b","r\\u006fle":"assistant"| "content":"b"
                    """)
    void whereverItStands(String again, String left) throws InvalidRequest {
        String text = sent(delta(FIRST), delta("\"content\":\"a\""), delta(again), finish("stop"));
        String[] events = text.split("\n\n", -1);
        assertThat(events[2].replace(" ", "")).isEqualTo(("data: " + delta(left)).replace(" ", ""));
        assertThat(events[3]).isEqualTo("data: " + finish("stop"));
    }

    @Test
    void aDeltaOfNothingElseIsLeftEmpty() throws InvalidRequest {
        String text =
                sent(delta(FIRST), delta("\"content\":\"a\""), delta("\"role\":\"assistant\""));
        assertThat(text.split("\"role\"", -1)).hasSize(2);
    }

    @Test
    void whereABlockStartsTheChunkKeepsItsOtherMembers() throws InvalidRequest {
        String text = sent(delta(FIRST), delta("\"role\":\"assistant\",\"content\":\"a\",\"x\":1"));
        assertThat(text).contains("\"delta\":{\"content\":\"a\",\"x\":1}");
    }

    @Test
    void besideAnEmptyErrorBothAreLeftOut() throws InvalidRequest {
        String odd =
                "{\"id\":\"c1\",\"error\":null,\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"b\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";
        assertThat(sent(delta(FIRST), delta("\"content\":\"a\""), odd))
                .contains(
                        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}\n\n");
    }

    @Test
    void eachChoiceHasItsOwn() throws InvalidRequest {
        String both =
                chunk(
                        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}},"
                                + "{\"index\":1,\"delta\":{\"role\":\"assistant\",\"content\":\"b\"}}");
        assertThat(sent(both, both).split("\"role\"", -1)).hasSize(3);
    }
}
