package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.Attached;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Restarted;
import dev.midstream.model.StreamEvent.Signed;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.model.Usage;
import dev.midstream.protocol.chat.ChatProtocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams after Anthropic's page on streaming and what its SDKs choke on (2026-11). */
class AnswersAreWrittenAnewTest {

    private static final Opened CHATS = new Opened("chatcmpl-1", "gpt", 5);

    private static String start(String id, String model, int input) {
        return "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\""
                + id
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""
                + model
                + "\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":"
                + input
                + ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":0}}}\n\n";
    }

    private static String block(int index, String block) {
        return "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":"
                + index
                + ",\"content_block\":"
                + block
                + "}\n\n";
    }

    private static String delta(int index, String delta) {
        return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"
                + index
                + ",\"delta\":"
                + delta
                + "}\n\n";
    }

    private static String text(int index, String text) {
        return delta(index, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    private static String input(int index, String quoted) {
        return delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"" + quoted + "\"}");
    }

    private static String stop(int index) {
        return "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":"
                + index
                + "}\n\n";
    }

    private static String end(String reason, String usage) {
        return "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
                + reason
                + "\",\"stop_sequence\":null},\"usage\":{"
                + usage
                + "}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c\",\"created\":1,\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + finish
                + "}]}\n\n";
    }

    private static final String TEXT = "{\"type\":\"text\",\"text\":\"\"}";
    private static final String THINKING =
            "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}";

    @Test
    void aChatAnswerBecomesAMessage() {
        String shown =
                Showing.stream()
                        .events(
                                CHATS,
                                BlockStarted.of(0, 0, BlockKind.REASONING),
                                new Delta(0, "hm"),
                                new BlockEnded(0),
                                BlockStarted.text(1, 0),
                                new Delta(1, "a\"é"),
                                new Delta(1, "b"),
                                new BlockEnded(1),
                                BlockStarted.toolCall(2, 0, "call_1", "f"),
                                new Delta(2, "{}"),
                                new BlockEnded(2),
                                new ChoiceEnded(0, FinishReason.TOOL_CALLS, null))
                        .finished(new Usage(10, 7, 4, 1, 3, false));
        assertThat(shown)
                .isEqualTo(
                        start("msg_minted1", "gpt", 0)
                                + block(0, THINKING)
                                + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}")
                                + stop(0)
                                + block(1, TEXT)
                                + text(1, "a\\\"é")
                                + text(1, "b")
                                + stop(1)
                                + block(
                                        2,
                                        "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"f\",\"input\":{}}")
                                + input(2, "{}")
                                + stop(2)
                                + end(
                                        "tool_use",
                                        "\"input_tokens\":5,\"cache_creation_input_tokens\":1,"
                                                + "\"cache_read_input_tokens\":4,\"output_tokens\":7,"
                                                + "\"output_tokens_details\":{\"thinking_tokens\":3}"));
    }

    @Test
    void aSilentModelStillGivesAMessage() {
        assertThat(Showing.stream().finished(Usage.NONE))
                .isEqualTo(
                        start("msg_minted1", "asked", 0) + end("end_turn", "\"output_tokens\":0"));
    }

    @Test
    void theSealStandsJustBeforeTheEndOfItsBlock() {
        assertThat(
                        Showing.stream()
                                .events(
                                        BlockStarted.of(0, 0, BlockKind.REASONING),
                                        new Signed(0, new Seal("openai:a", "enc")),
                                        new Delta(0, "late"),
                                        new BlockEnded(0))
                                .shown())
                .endsWith(
                        delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"late\"}")
                                + delta(
                                        0,
                                        "{\"type\":\"signature_delta\",\"signature\":\""
                                                + new Seal("openai:a", "enc").written(Seal.CLAUDE)
                                                + "\"}")
                                + stop(0));
    }

    @Test
    void reasoningThatBrokeOffIsNotSigned() {
        assertThat(
                        Showing.stream()
                                .events(
                                        BlockStarted.of(0, 0, BlockKind.REASONING),
                                        new Delta(0, "x"),
                                        new Signed(0, new Seal(Seal.CLAUDE, "sig")),
                                        new BlockEnded(0, true))
                                .shown())
                .doesNotContain("signature_delta")
                .endsWith(stop(0));
    }

    @Test
    void redactedReasoningIsCarried() {
        Json raw = new Json("{\"type\":\"redacted_thinking\",\"data\":\"d\"}");
        assertThat(
                        Showing.stream()
                                .events(
                                        new BlockStarted(0, 0, BlockKind.REASONING, null, raw),
                                        new BlockEnded(0))
                                .shown())
                .endsWith(block(0, raw.text()) + stop(0));
    }

    @Test
    void aRefusalIsText() {
        assertThat(
                        Showing.stream()
                                .events(
                                        BlockStarted.of(0, 0, BlockKind.REFUSAL),
                                        new Delta(0, "No."),
                                        new ChoiceEnded(0, FinishReason.REFUSAL, null))
                                .finished(Usage.NONE))
                .endsWith(
                        block(0, TEXT)
                                + text(0, "No.")
                                + stop(0)
                                + end("refusal", "\"output_tokens\":0"));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,end_turn",
        "STOP_SEQUENCE,stop_sequence",
        "LENGTH,max_tokens",
        "CONTEXT_WINDOW,model_context_window_exceeded",
        "TOOL_CALLS,end_turn",
        "CONTENT_FILTER,refusal",
        "REFUSAL,refusal",
        "PAUSE,pause_turn"
    })
    void everyReasonHasAWord(FinishReason reason, String word) {
        assertThat(Showing.stream().events(new ChoiceEnded(0, reason, null)).finished(Usage.NONE))
                .contains("\"stop_reason\":\"" + word + "\"");
    }

    @Test
    void callsMakeATurnOfCallsWhateverTheEndIsCalled() {
        assertThat(
                        Showing.stream()
                                .events(
                                        BlockStarted.toolCall(0, 0, "t", "f"),
                                        new Delta(0, "{}"),
                                        new BlockEnded(0),
                                        new ChoiceEnded(0, FinishReason.STOP, null))
                                .finished(Usage.NONE))
                .contains("\"stop_reason\":\"tool_use\"");
    }

    @Test
    void theStopSequenceIsNamed() {
        assertThat(
                        Showing.stream()
                                .events(new ChoiceEnded(0, FinishReason.STOP_SEQUENCE, "E\"ND"))
                                .finished(Usage.NONE))
                .contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"E\\\"ND\"");
    }

    @Test
    void everyCallHasAnIdOfItsOwnAndInput() {
        String shown =
                Showing.toRequest(
                                "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"assistant\","
                                        + "\"content\":[{\"type\":\"tool_use\",\"id\":\"call_0\",\"name\":\"f\",\"input\":{}}]}]}")
                        .events(
                                BlockStarted.toolCall(0, 0, "call_0", "f"),
                                new BlockEnded(0),
                                BlockStarted.toolCall(1, 0, "", "f"),
                                new BlockEnded(1),
                                BlockStarted.toolCall(2, 0, "functions.f:0", "f"))
                        .shown();
        assertThat(shown)
                .contains(
                        "\"id\":\"call_0_2\"", "\"id\":\"toolu_minted", "\"id\":\"functions_f_0\"")
                .contains(input(0, "") + stop(0), input(1, "") + stop(1));
    }

    @Test
    void freeTextOfACallIsTheOneMemberOfItsInput() {
        assertThat(
                        Showing.stream()
                                .events(
                                        new BlockStarted(
                                                0,
                                                0,
                                                BlockKind.TOOL_CALL,
                                                new ToolCallHead("t", "f", true),
                                                null),
                                        new Delta(0, "a\"\n"),
                                        new Delta(0, "b"),
                                        new BlockEnded(0))
                                .shown())
                .endsWith(
                        input(0, "{\\\"input\\\":\\\"a\\\\\\\"\\\\n")
                                + input(0, "b")
                                + input(0, "\\\"}")
                                + stop(0));
    }

    @Test
    void onlyTheFirstChoiceExists() {
        assertThat(
                        Showing.stream()
                                .events(
                                        BlockStarted.text(0, 1),
                                        new Delta(0, "other"),
                                        BlockStarted.text(1, 0),
                                        new Delta(1, "first"),
                                        new ChoiceEnded(1, FinishReason.LENGTH, null),
                                        new ChoiceEnded(0, FinishReason.STOP, null))
                                .finished(Usage.NONE))
                .contains(block(0, TEXT) + text(0, "first") + stop(0), "end_turn")
                .doesNotContain("other", "max_tokens");
    }

    @Test
    void laterOpeningsAreIgnored() {
        assertThat(
                        Showing.stream()
                                .events(
                                        new Opened("msg_a", "m", 0),
                                        BlockStarted.text(0, 0),
                                        new Opened("msg_b", "n", 0),
                                        new Delta(0, "x"))
                                .finished(Usage.NONE))
                .contains("msg_a")
                .containsOnlyOnce("event: message_start")
                .doesNotContain("msg_b");
    }

    @Test
    void aNewAnswerStandsInABlockOfItsOwn() {
        assertThat(
                        Showing.stream()
                                .events(
                                        BlockStarted.text(0, 0),
                                        new Delta(0, "old"),
                                        new BlockEnded(0),
                                        new Restarted(0),
                                        BlockStarted.text(1, 0),
                                        new Delta(1, "new"))
                                .finished(Usage.NONE))
                .contains(text(0, "old") + stop(0) + block(1, TEXT) + text(1, "new") + stop(1));
    }

    @Test
    void blocksNeverStandInOneAnother() {
        assertThat(
                        Showing.stream()
                                .events(
                                        BlockStarted.text(0, 0),
                                        new Delta(0, "a"),
                                        BlockStarted.of(1, 0, BlockKind.REASONING),
                                        new Delta(1, "b"),
                                        new Delta(0, "c"),
                                        new Delta(9, "nobody's"))
                                .finished(Usage.NONE))
                .contains(stop(0) + block(1, THINKING), stop(1) + block(2, TEXT) + text(2, "c"))
                .doesNotContain("nobody");
    }

    @Test
    void whatOtherProtocolsCarryStaysAway() {
        assertThat(
                        Showing.stream()
                                .events(
                                        new BlockStarted(
                                                0,
                                                0,
                                                BlockKind.OPAQUE,
                                                null,
                                                new Json("{\"audio\":{\"id\":\"a\"}}")),
                                        new Attached(0, new Json("{\"audio\":{\"data\":\"a\"}}")),
                                        new BlockEnded(0),
                                        new BlockStarted(
                                                1,
                                                0,
                                                BlockKind.OPAQUE,
                                                null,
                                                new Json("{\"type\":\"web_search_call\"}")),
                                        new BlockEnded(1),
                                        BlockStarted.text(2, 0),
                                        new Attached(2, new Json("{\"logprobs\":[]}")),
                                        new Delta(2, "x"))
                                .shown())
                .endsWith(start("msg_minted1", "asked", 0) + block(0, TEXT) + text(0, "x"));
    }

    @Test
    void aProvidersOwnCallTellsItsInputByADelta() {
        Json raw =
                new Json(
                        "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"n\",\"input\":{\"q\":1}}");
        assertThat(
                        Showing.stream()
                                .events(
                                        new BlockStarted(0, 0, BlockKind.OPAQUE, null, raw),
                                        new BlockEnded(0))
                                .shown())
                .endsWith(
                        block(
                                        0,
                                        "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"n\",\"input\":{}}")
                                + input(0, "{\\\"q\\\":1}")
                                + stop(0));
    }

    @Test
    void silenceIsFilledByACommentFirstAndByPingsThen() {
        Showing showing = Showing.stream().heartbeat();
        assertThat(showing.shown()).isEqualTo(": midstream\n\n");
        showing.comment("a\nb");
        assertThat(showing.shown()).endsWith(": a b\n\n");
        showing.events(BlockStarted.text(0, 0)).heartbeat();
        assertThat(showing.shown()).endsWith("event: ping\ndata: {\"type\": \"ping\"}\n\n");
    }

    @Test
    void aStreamCannotStartOver() {
        assertThatThrownBy(() -> Showing.stream().reset())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void textGoesOnInItsBlockBehindASeam() {
        String wire = Golden.read("text.stream.sse");
        int cut = wire.indexOf("event: content_block_stop");
        String shown =
                Showing.stream()
                        .frames(Showing.decoded(wire.substring(0, cut)))
                        .events(
                                new Delta(0, " and on"),
                                new BlockEnded(0),
                                new ChoiceEnded(0, FinishReason.STOP, null))
                        .finished(Usage.of(30, 20));
        assertThat(shown)
                .startsWith(
                        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_01\"")
                .endsWith(
                        text(0, " and on")
                                + stop(0)
                                + end("end_turn", "\"input_tokens\":30,\"output_tokens\":20"));
    }

    @Test
    void theEndIsWrittenAnewWhereTheUsageIsNotItsOwn() {
        String wire = Golden.read("text.stream.sse");
        assertThat(Showing.stream().frames(Showing.decoded(wire)).finished(Usage.of(99, 98)))
                .containsOnlyOnce("event: message_delta")
                .contains(
                        "\"stop_sequence\":\"END\"},\"usage\":{\"input_tokens\":99,\"output_tokens\":98}");
    }

    @Test
    void aChatStreamBecomesAMessagesStream() {
        String call =
                "{\"tool_calls\":[{\"index\":0,\"id\":\"x\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        String wire =
                chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                        + chunk("{\"content\":\"Hi\"}", "null")
                        + chunk(call, "null")
                        + chunk("{}", "\"tool_calls\"");
        Showing showing = Showing.stream();
        byte[] bytes = wire.getBytes(StandardCharsets.UTF_8);
        new ChatProtocol()
                .streamDecoder(Decoding.TARGET)
                .feed(bytes, 0, bytes.length, frame -> showing.frames(List.of(frame)));
        assertThat(showing.finished(Usage.of(1, 2)))
                .isEqualTo(
                        start("msg_minted1", "gpt", 0)
                                + block(0, TEXT)
                                + text(0, "Hi")
                                + stop(0)
                                + block(
                                        1,
                                        "{\"type\":\"tool_use\",\"id\":\"x\",\"name\":\"f\",\"input\":{}}")
                                + input(1, "{}")
                                + stop(1)
                                + end("tool_use", "\"input_tokens\":1,\"output_tokens\":2"));
    }

    @Test
    void anUnpairedSurrogateIsStillJson() {
        assertThat(Showing.stream().events(BlockStarted.text(0, 0), new Delta(0, "\ud83d")).shown())
                .endsWith(text(0, "\\ud83d"));
    }

    @Test
    void nothingFollowsTheEndOfTheChoice() {
        StreamEvent end = new ChoiceEnded(0, FinishReason.STOP, null);
        assertThat(
                        Showing.stream()
                                .events(
                                        BlockStarted.text(0, 0),
                                        new Delta(0, "x"),
                                        end,
                                        new Delta(0, "late"),
                                        BlockStarted.text(1, 0),
                                        new Delta(1, "later"),
                                        end)
                                .finished(Usage.NONE))
                .doesNotContain("late")
                .containsOnlyOnce("event: message_delta");
    }
}
