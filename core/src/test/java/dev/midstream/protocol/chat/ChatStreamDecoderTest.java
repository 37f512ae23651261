package dev.midstream.protocol.chat;

import static dev.midstream.protocol.chat.ChatStreams.chunk;
import static dev.midstream.protocol.chat.ChatStreams.delta;
import static dev.midstream.protocol.chat.ChatStreams.events;
import static dev.midstream.protocol.chat.ChatStreams.finish;
import static dev.midstream.protocol.chat.ChatStreams.frames;
import static dev.midstream.protocol.chat.ChatStreams.said;
import static dev.midstream.protocol.chat.ChatStreams.sse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Terminated;
import dev.midstream.model.StreamEvent.UsageReported;
import dev.midstream.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Chunks after OpenAI's API reference; what others do differently is named where it is used
 * (2026-11).
 */
class ChatStreamDecoderTest {

    private static final Opened OPENED = new Opened("c1", "m", 7);
    private static final Terminated DONE = new Terminated();

    @Test
    void readsText() {
        assertThat(
                        said(
                                sse(
                                        delta(
                                                "\"role\":\"assistant\",\"content\":\"\",\"refusal\":null"),
                                        delta("\"content\":\"Hel\""),
                                        delta("\"content\":\"lo \\ud83d\\udc4b\""),
                                        finish("stop"),
                                        "{\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,"
                                                + "\"completion_tokens\":2,\"prompt_tokens_details\":{"
                                                + "\"cached_tokens\":4},\"completion_tokens_details\":{"
                                                + "\"reasoning_tokens\":1}}}",
                                        "[DONE]")))
                .containsExactly(
                        OPENED,
                        BlockStarted.text(0, 0),
                        new Delta(0, "Hel"),
                        new Delta(0, "lo 👋"),
                        new BlockEnded(0),
                        new ChoiceEnded(0, FinishReason.STOP, null),
                        new UsageReported(new Usage(9, 2, 4, Usage.UNKNOWN, 1, false)),
                        DONE);
    }

    @Test
    void everySplitGivesTheSameFrames() {
        String stream =
                "\uFEFF: hello\r\n\r\n"
                        + sse(
                                delta("\"role\":\"assistant\",\"content\":\"\""),
                                delta("\"reasoning_content\":\"hm\""),
                                delta("\"content\":\"naïve 👋\""),
                                delta(
                                        "\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\","
                                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\"}}]"),
                                delta(
                                        "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\":1}\"}}]"),
                                finish("tool_calls"),
                                "[DONE]");
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        List<String> whole = described(frames(bytes, bytes.length));
        for (int split = 0; split < bytes.length; split++) {
            assertThat(described(frames(bytes, split))).as("split at %s", split).isEqualTo(whole);
        }
        assertThat(whole).hasSizeGreaterThan(7);
    }

    @Test
    void aTextEventRefersToItsOwnBytes() {
        String event = delta("\"content\":\"x\"");
        List<Frame> frames = frames(sse(delta("\"content\":\"a\""), event));
        Frame frame = frames.get(1);
        assertThat(frame.verbatim()).isTrue();
        assertThat(frame.extras()).isFalse();
        assertThat(frame.cuts()).isEmpty();
        assertThat(
                        new String(
                                frame.bytes(),
                                frame.offset(),
                                frame.length(),
                                StandardCharsets.UTF_8))
                .isEqualTo(event);
    }

    @Test
    void dataOverSeveralLinesBecomesOneLine() {
        Frame frame = frames("data: {\"id\":\"c1\",\ndata: \"choices\":[]}\n\n").getFirst();
        assertThat(new String(frame.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"c1\", \"choices\":[]}");
    }

    @Test
    void blocksFollowOneAnother() {
        assertThat(
                        said(
                                sse(
                                        delta("\"reasoning\":\"r\""),
                                        delta("\"reasoning\":\"s\",\"content\":\"\""),
                                        delta("\"content\":\"t\""),
                                        delta("\"reasoning\":\"u\""),
                                        delta("\"refusal\":\"no\""),
                                        finish("stop"))))
                .containsExactly(
                        OPENED,
                        BlockStarted.of(0, 0, BlockKind.REASONING),
                        new Delta(0, "r"),
                        new Delta(0, "s"),
                        new BlockEnded(0),
                        BlockStarted.text(1, 0),
                        new Delta(1, "t"),
                        new BlockEnded(1),
                        BlockStarted.of(2, 0, BlockKind.REASONING),
                        new Delta(2, "u"),
                        new BlockEnded(2),
                        BlockStarted.of(3, 0, BlockKind.REFUSAL),
                        new Delta(3, "no"),
                        new BlockEnded(3),
                        new ChoiceEnded(0, FinishReason.STOP, null));
    }

    @Test
    void choicesInterleave() {
        assertThat(
                        said(
                                sse(
                                        chunk("{\"index\":0,\"delta\":{\"content\":\"a\"}}"),
                                        chunk("{\"delta\":{\"content\":\"b\"},\"index\":1}"),
                                        chunk(
                                                "{\"index\":0,\"delta\":{\"content\":\"c\"}},"
                                                        + "{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}"),
                                        finish("stop"))))
                .containsExactly(
                        OPENED,
                        BlockStarted.text(0, 0),
                        new Delta(0, "a"),
                        BlockStarted.text(1, 1),
                        new Delta(1, "b"),
                        new Delta(0, "c"),
                        new BlockEnded(1),
                        new ChoiceEnded(1, FinishReason.LENGTH, null),
                        new BlockEnded(0),
                        new ChoiceEnded(0, FinishReason.STOP, null));
    }

    @Test
    void parallelToolCallsAreBlocksOfTheirOwn() {
        List<Frame> frames =
                frames(
                        sse(
                                call(0, "a", "f"),
                                arguments(0, "{}"),
                                call(1, "b", "g"),
                                arguments(1, "[]"),
                                finish("tool_calls")));
        assertThat(events(frames))
                .containsExactly(
                        OPENED,
                        BlockStarted.toolCall(0, 0, "a", "f"),
                        new Delta(0, "{}"),
                        BlockStarted.toolCall(1, 0, "b", "g"),
                        new Delta(1, "[]"),
                        new BlockEnded(0),
                        new BlockEnded(1),
                        new ChoiceEnded(0, FinishReason.TOOL_CALLS, null));
        assertThat(frames).allMatch(Frame::verbatim);
    }

    @Test
    void ollamasIndexesAllZeroAreTwoCalls() {
        List<Frame> frames =
                frames(sse(call(0, "a", "f"), call(0, "b", "g"), finish("tool_calls")));
        assertThat(events(frames))
                .contains(
                        BlockStarted.toolCall(0, 0, "a", "f"),
                        BlockStarted.toolCall(1, 0, "b", "g"));
        assertThat(frames.get(0).verbatim()).isTrue();
        assertThat(frames.get(1).verbatim()).isFalse();
    }

    @Test
    void missingIdsAndIndexesAreTolerated() {
        List<Frame> frames =
                frames(
                        sse(
                                delta(
                                        "\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\": 1}}}]"),
                                finish("stop")));
        assertThat(events(frames))
                .containsExactly(
                        OPENED,
                        BlockStarted.toolCall(0, 0, "", "f"),
                        new Delta(0, "{\"a\": 1}"),
                        new BlockEnded(0),
                        new ChoiceEnded(0, FinishReason.TOOL_CALLS, null));
        assertThat(frames.getFirst().verbatim()).isFalse();
    }

    @Test
    void repeatedIdsAreOneCallAndNotForwarded() {
        List<Frame> frames = frames(sse(call(0, "a", "f"), call(0, "a", "f"), arguments(0, "{}")));
        assertThat(events(frames).stream().filter(e -> e instanceof BlockStarted)).hasSize(1);
        assertThat(frames.get(1).verbatim()).isFalse();
        assertThat(frames.get(2).verbatim()).isTrue();
    }

    @Test
    void customToolsAndFunctionCallsAreToolCalls() {
        assertThat(
                        said(
                                sse(
                                        delta(
                                                "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"custom\","
                                                        + "\"custom\":{\"name\":\"f\",\"input\":\"free\"}}]"))))
                .contains(
                        new BlockStarted(
                                0,
                                0,
                                BlockKind.TOOL_CALL,
                                new StreamEvent.ToolCallHead("a", "f", true),
                                null),
                        new Delta(0, "free"));
        assertThat(
                        said(
                                sse(
                                        delta(
                                                "\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}"),
                                        delta("\"function_call\":{\"arguments\":\"{}\"}"),
                                        finish("function_call"))))
                .containsExactly(
                        OPENED,
                        new BlockStarted(
                                0,
                                0,
                                BlockKind.TOOL_CALL,
                                new StreamEvent.ToolCallHead("", "f", false),
                                ChunkEvents.LEGACY),
                        new Delta(0, "{}"),
                        new BlockEnded(0),
                        new ChoiceEnded(0, FinishReason.TOOL_CALLS, null));
    }

    @Test
    void geminisExtraContentIsCarried() {
        BlockStarted started =
                (BlockStarted)
                        said(sse(
                                        delta(
                                                "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\","
                                                        + "\"extra_content\":{\"google\":{\"thought_signature\":\"s\"}},"
                                                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]")))
                                .get(1);
        assertThat(started.raw())
                .isEqualTo(
                        new Json("{\"extra_content\":{\"google\":{\"thought_signature\":\"s\"}}}"));
    }

    @Test
    void mistralsPartsAreTextAndReasoning() {
        List<Frame> frames =
                frames(
                        sse(
                                delta(
                                        "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\","
                                                + "\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"a\"}]")));
        assertThat(events(frames))
                .containsExactly(
                        OPENED,
                        BlockStarted.of(0, 0, BlockKind.REASONING),
                        new Delta(0, "hm"),
                        new BlockEnded(0),
                        BlockStarted.text(1, 0),
                        new Delta(1, "a"));
        assertThat(frames.getFirst().verbatim()).isFalse();
    }

    @Test
    void openRoutersReasoningIsToldOnce() {
        assertThat(
                        said(
                                sse(
                                        delta(
                                                "\"reasoning\":\"a\",\"reasoning_details\":[{\"type\":\"reasoning.text\","
                                                        + "\"text\":\"a\",\"signature\":null}]"),
                                        delta(
                                                "\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"b\"}]"))))
                .contains(new Delta(0, "a"), new Delta(0, "b"))
                .hasSize(4);
    }

    @Test
    void audioIsOpaque() {
        assertThat(
                        said(
                                sse(
                                        delta("\"audio\":{\"id\":\"x\",\"data\":\"AA\"}"),
                                        delta("\"audio\":{\"data\":\"BB\"}"))))
                .containsExactly(
                        OPENED,
                        new BlockStarted(
                                0,
                                0,
                                BlockKind.OPAQUE,
                                null,
                                new Json("{\"audio\":{\"id\":\"x\",\"data\":\"AA\"}}")),
                        new StreamEvent.Attached(0, new Json("{\"audio\":{\"data\":\"BB\"}}")));
    }

    @Test
    void azuresEmptyOpeningIsSwallowed() {
        List<Frame> frames =
                frames(
                        sse(
                                "{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":[{}]}",
                                delta("\"content\":\"a\"")));
        assertThat(frames.get(0).verbatim()).isFalse();
        assertThat(frames.get(0).event(0)).isEqualTo(new StreamEvent.Pinged());
        assertThat(frames.get(1).event(0)).isEqualTo(OPENED);
    }

    @Test
    void usageBesideChoicesIsCutAndReported() {
        String groq =
                "{\"id\":\"c1\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2},\"choices\":["
                        + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"x\":1}";
        Frame frame = frames(sse(delta("\"content\":\"a\""), groq)).get(1);
        assertThat(frame.event(frame.size() - 1)).isEqualTo(new UsageReported(Usage.of(1, 2)));
        assertThat(written(frame))
                .isEqualTo(
                        "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"x\":1}");
    }

    @Test
    void anEmptyErrorIsCutWhereverItStands() {
        String choices = "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]";
        for (String event :
                List.of(
                        "{\"error\":null,\"id\":\"c1\"," + choices + "}",
                        "{\"id\":\"c1\", \"error\" : null," + choices + "}",
                        "{\"id\":\"c1\"," + choices + ",\"error\":null}")) {
            Frame frame = frames(sse(delta("\"content\":\"a\""), event)).get(1);
            assertThat(written(frame)).isEqualTo("{\"id\":\"c1\"," + choices + "}");
        }
    }

    @Test
    void unofficialFinishReasonsAreWrittenAnew() {
        for (String word : List.of("eos", "end_turn", "COMPLETE")) {
            Frame frame = frames(sse(delta("\"content\":\"a\""), finish(word))).get(1);
            assertThat(frame.verbatim()).isFalse();
            assertThat(frame.event(1)).isEqualTo(new ChoiceEnded(0, FinishReason.STOP, null));
        }
        assertThat(said(sse(finish("model_length"))))
                .contains(new ChoiceEnded(0, FinishReason.LENGTH, null));
        assertThat(said(sse(finish("sensitive"))))
                .contains(new ChoiceEnded(0, FinishReason.CONTENT_FILTER, null));
    }

    @Test
    void signsOfLifeAreNoProgress() {
        assertThat(
                        events(
                                ": OPENROUTER PROCESSING\n\n"
                                        + sse(
                                                delta("\"role\":\"assistant\""),
                                                delta("\"content\":\"\""),
                                                delta("\"content\":null"),
                                                "{\"id\":\"c1\",\"choices\":[],\"obfuscation\":\"x\"}")))
                .containsExactly(
                        new StreamEvent.Pinged(),
                        OPENED,
                        new StreamEvent.Pinged(),
                        new StreamEvent.Pinged(),
                        new StreamEvent.Pinged());
    }

    @Test
    void extrasAreNewsOnlyWhenTheyChange() {
        String first = "{\"id\":\"c1\",\"system_fingerprint\":\"fp\",\"service_tier\":\"default\",";
        String choice = "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}";
        List<Frame> frames =
                frames(
                        sse(
                                first + choice,
                                first + choice,
                                first.replace("fp", "fq") + choice,
                                first + choice.replace("}]}", ",\"logprobs\":{\"content\":[]}}]}"),
                                first + choice.replace("}]}", ",\"logprobs\":null}]}")));
        assertThat(frames.stream().map(Frame::extras).toList())
                .containsExactly(true, false, true, true, false);
    }

    @Test
    void perplexitysWholeMessageInEachChunkIsNotTakenForAPiece() {
        assertThat(
                        said(
                                sse(
                                        chunk(
                                                "{\"index\":0,\"delta\":{\"content\":\"a\"},\"message\":{\"content\":\"a\"}}"),
                                        chunk(
                                                "{\"index\":0,\"message\":{\"content\":\"ab\"},\"delta\":{\"content\":\"b\"}}"))))
                .containsExactly(
                        OPENED, BlockStarted.text(0, 0), new Delta(0, "a"), new Delta(0, "b"));
    }

    @Test
    void aStreamOfEverNewNamesStaysDecodable() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 9_000; i++) {
            stream.append(
                    sse(chunk("{\"index\":0,\"delta\":{\"content\":\"a\",\"x" + i + "\":1}}")));
        }
        assertThat(said(stream.toString())).hasSize(9_002);
    }

    @Test
    void whatFollowsTheTerminalEventIsIgnored() {
        assertThat(said(sse(finish("stop"), "[DONE]", "{\"error\":{\"message\":\"late\"}}")))
                .last()
                .isEqualTo(DONE);
    }

    @Test
    void aPlainAnswerInPlaceOfAStreamIsUnderstood() {
        assertThat(
                        said(
                                "\n{\"id\":\"c1\",\"created\":7,\"model\":\"m\",\n \"choices\":[{\"index\":0,\"message\":"
                                        + "{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":\"stop\"}]}"))
                .containsExactly(
                        OPENED,
                        BlockStarted.text(0, 0),
                        new Delta(0, "a"),
                        new BlockEnded(0),
                        new ChoiceEnded(0, FinishReason.STOP, null),
                        DONE);
    }

    private static String call(int index, String id, String name) {
        return delta(
                "\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"\"}}]"
                        .formatted(index, id, name));
    }

    private static String arguments(int index, String text) {
        return delta(
                "\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":\"%s\"}}]"
                        .formatted(index, text));
    }

    private static String written(Frame frame) {
        StringBuilder text = new StringBuilder();
        int at = frame.offset();
        for (int i = 0; i < frame.cuts().length; i += 2) {
            text.append(
                    new String(frame.bytes(), at, frame.cuts()[i] - at, StandardCharsets.UTF_8));
            at = frame.cuts()[i + 1];
        }
        int end = frame.offset() + frame.length();
        return text + new String(frame.bytes(), at, end - at, StandardCharsets.UTF_8);
    }

    private static List<String> described(List<Frame> frames) {
        List<String> all = new ArrayList<>();
        for (Frame frame : frames) {
            all.add(
                    events(List.of(frame))
                            + " "
                            + frame.verbatim()
                            + " "
                            + new String(
                                    frame.bytes(),
                                    frame.offset(),
                                    frame.length(),
                                    StandardCharsets.UTF_8));
        }
        return all;
    }
}
