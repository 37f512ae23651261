package dev.midstream.protocol.chat;

import static dev.midstream.protocol.chat.ChatStreams.chunk;
import static dev.midstream.protocol.chat.ChatStreams.delta;
import static dev.midstream.protocol.chat.ChatStreams.finish;
import static dev.midstream.protocol.chat.ChatStreams.frames;
import static dev.midstream.protocol.chat.ChatStreams.sse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.json.Bytes;
import dev.midstream.model.BlockKind;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What clients are sent, against goldens after the rules that OpenAI's SDKs impose (4.98, 7.55,
 * 3.22).
 */
class ChatStreamEncoderTest {

    private final Bytes out = new Bytes(1024);

    @Test
    void aHealthyStreamLeavesAsItCame() throws InvalidRequest {
        String stream =
                sse(
                        delta("\"role\":\"assistant\",\"content\":\"\""),
                        delta("\"reasoning\":\"hm\""),
                        delta("\"content\":\"a\""),
                        delta("\"content\":\"\",\"unknown\":[1e400]"),
                        finish("stop"));
        AnswerEncoder encoder = encoder(false);
        frames(stream).forEach(frame -> encoder.frame(frame, out::write));
        encoder.finish(Usage.NONE, out::write);
        assertThat(out).hasToString(stream + "data: [DONE]\n\n");
    }

    @Test
    void usageLeavesLastAndExactlyWhereItIsWanted() throws InvalidRequest {
        String usage =
                "{\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"cost\":1.50}}";
        String text = sse(delta("\"role\":\"assistant\",\"content\":\"a\""));
        AnswerEncoder wanting = encoder(true);
        frames(text + sse(usage, finish("stop")))
                .forEach(frame -> wanting.frame(frame, out::write));
        wanting.finish(Usage.of(1, 2), out::write);
        assertThat(out).hasToString(text + sse(finish("stop"), usage, "[DONE]"));

        out.clear();
        AnswerEncoder not = encoder(false);
        frames(text + sse(usage, finish("stop"))).forEach(frame -> not.frame(frame, out::write));
        not.finish(Usage.of(1, 2), out::write);
        assertThat(out).hasToString(text + sse(finish("stop"), "[DONE]"));
    }

    @Test
    void afterASeamEverythingKeepsTheFirstIdentity() throws InvalidRequest {
        AnswerEncoder encoder = encoder(true);
        frames(
                        sse(
                                delta("\"role\":\"assistant\",\"content\":\"\""),
                                delta("\"reasoning\":\"hm\""),
                                delta("\"content\":\"Once\""),
                                delta(
                                        "\"tool_calls\":[{\"index\":0,\"id\":\"t0\",\"type\":\"function\","
                                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]")))
                .forEach(frame -> encoder.frame(frame, out::write));
        encoder.comment("midstream seam\nfrom=a", out::write);
        encoder.heartbeat(out::write);
        events(
                encoder,
                new BlockEnded(2),
                new Opened("other", "other", 99),
                BlockStarted.of(3, 0, BlockKind.REASONING),
                new Delta(3, "again"),
                new BlockEnded(3),
                BlockStarted.text(4, 0),
                new Delta(4, " upon\n\u0001 \"👋\""),
                new BlockEnded(4),
                BlockStarted.toolCall(5, 0, "", "g"),
                new Delta(5, "{\"a\":1}"),
                new BlockEnded(5),
                new ChoiceEnded(0, FinishReason.TOOL_CALLS, null),
                new ChoiceEnded(0, FinishReason.STOP, null));
        encoder.finish(new Usage(5, 6, 3, Usage.UNKNOWN, 2, false), out::write);
        golden("seam");
    }

    @Test
    void eventsOfAnotherProtocolBecomeAWholeStream() throws InvalidRequest {
        AnswerEncoder encoder = encoder(true);
        events(
                encoder,
                new Opened("msg_1", "claude", 0),
                BlockStarted.of(0, 0, BlockKind.REASONING),
                new Delta(0, "hm"),
                new StreamEvent.Signed(0, new Seal(Seal.CLAUDE, "sig")),
                new BlockEnded(0),
                BlockStarted.text(1, 0),
                new Delta(1, "a"),
                new BlockEnded(1),
                new BlockStarted(
                        2, 0, BlockKind.OPAQUE, null, new Json("{\"type\":\"server_tool\"}")),
                new BlockEnded(2),
                new BlockStarted(
                        3,
                        0,
                        BlockKind.TOOL_CALL,
                        new StreamEvent.ToolCallHead("t", "c", true),
                        null),
                new Delta(3, "free"),
                new BlockEnded(3),
                new ChoiceEnded(0, FinishReason.CONTEXT_WINDOW, null));
        encoder.finish(Usage.of(1, 2), out::write);
        golden("foreign");
    }

    @Test
    void choicesOpenInAscendingOrderAndOnce() throws InvalidRequest {
        AnswerEncoder encoder = encoder(false);
        frames(
                        sse(
                                chunk(
                                        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}"),
                                chunk("{\"index\":2,\"delta\":{\"content\":\"c\"}}"),
                                chunk(
                                        "{\"index\":1,\"delta\":{\"role\":\"assistant\",\"content\":\"b\"}}"),
                                chunk("{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}")))
                .forEach(frame -> encoder.frame(frame, out::write));
        golden("choices");
    }

    @Test
    void anUpstreamWithoutIdentityIsGivenOne() throws InvalidRequest {
        AnswerEncoder encoder = encoder(false);
        frames(sse("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}"))
                .forEach(frame -> encoder.frame(frame, out::write));
        encoder.finish(Usage.NONE, out::write);
        golden("minted");
    }

    @Test
    void theDeprecatedCallIsWrittenAsSuch() throws InvalidRequest {
        AnswerEncoder encoder = encoder(false);
        events(
                encoder,
                new Opened("c1", "m", 7),
                new BlockStarted(
                        0,
                        0,
                        BlockKind.TOOL_CALL,
                        new StreamEvent.ToolCallHead("", "f", false),
                        ChunkEvents.LEGACY),
                new Delta(0, "{}"),
                new ChoiceEnded(0, FinishReason.TOOL_CALLS, null));
        golden("function-call");
    }

    @Test
    void aRestartedAnswerStandsBehindABlankLine() throws InvalidRequest {
        AnswerEncoder encoder = encoder(false);
        events(
                encoder,
                new Opened("c1", "m", 7),
                BlockStarted.text(0, 0),
                new Delta(0, "old"),
                new BlockEnded(0),
                new StreamEvent.Restarted(0),
                BlockStarted.text(1, 0),
                new Delta(1, "new"),
                new Delta(1, "er"));
        golden("restarted");
    }

    @Test
    void anErrorNamesItsEventAndKeepsTheProvidersMembers() throws InvalidRequest {
        AnswerEncoder encoder = encoder(false);
        events(encoder, new Opened("c1", "m", 7));
        ProviderError error =
                new ProviderError(
                        529,
                        ErrorClass.OVERLOADED,
                        "overloaded_error",
                        null,
                        null,
                        "Overloaded",
                        new Json(
                                "{\"type\":\"overloaded_error\",\n\"own\":1.10,\"message\":\"Overloaded\"}"),
                        "req_1",
                        null,
                        false);
        encoder.fail(
                new ErrorReport(
                        529,
                        "overloaded_error",
                        null,
                        null,
                        "Overloaded",
                        new Failure.Refused(error, true),
                        true,
                        true,
                        null,
                        true,
                        List.of(
                                new ErrorReport.AttemptReport("a", 529, "overloaded", "req_1"),
                                new ErrorReport.AttemptReport("b", 0, "connect", null))),
                out::write);
        golden("error");
    }

    private static AnswerEncoder encoder(boolean usage) throws InvalidRequest {
        String body =
                "{\"model\":\"asked\",\"stream\":true,\"stream_options\":{\"include_usage\":"
                        + usage
                        + "},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        ChatProtocol chat = new ChatProtocol();
        return chat.encoder(
                chat.parse(body.getBytes(StandardCharsets.UTF_8)), () -> "minted", 1_700_000_000);
    }

    private void events(AnswerEncoder encoder, StreamEvent... events) {
        for (StreamEvent event : events) {
            encoder.event(event, out::write);
        }
    }

    private void golden(String name) {
        String file = "/dev/midstream/protocol/chat/" + name + ".sse";
        try (InputStream in = ChatStreamEncoderTest.class.getResourceAsStream(file)) {
            String expected =
                    new String(
                            Objects.requireNonNull(in, out::toString).readAllBytes(),
                            StandardCharsets.UTF_8);
            assertThat(out).hasToString(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void framesOfOtherProtocolsAreNeverForwarded() throws InvalidRequest {
        AnswerEncoder encoder = encoder(false);
        byte[] foreign = "event bytes".getBytes(StandardCharsets.UTF_8);
        encoder.frame(
                Frame.of("anthropic-messages", new Opened("x", "y", 1), foreign, 0, foreign.length),
                out::write);
        encoder.frame(
                Frame.of("anthropic-messages", BlockStarted.text(0, 0), foreign, 0, foreign.length),
                out::write);
        assertThat(out.toString()).doesNotContain("event bytes").contains("\"id\":\"x\"");
    }
}
