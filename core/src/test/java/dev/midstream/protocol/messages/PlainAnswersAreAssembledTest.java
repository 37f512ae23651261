package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent.Attached;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Restarted;
import dev.midstream.model.StreamEvent.Signed;
import dev.midstream.model.Usage;
import org.junit.jupiter.api.Test;

/** Plain answers after Anthropic's API reference (2026-11). */
class PlainAnswersAreAssembledTest {

    private static String message(String content, String reason, String usage) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":["
                + content
                + "],\"stop_reason\":\""
                + reason
                + "\",\"stop_sequence\":null,\"usage\":{"
                + usage
                + "}}";
    }

    @Test
    void everyKindOfBlockHasItsForm() {
        Json search =
                new Json("{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"n\",\"input\":{}}");
        Json piece = new Json("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"q\\\":1}\"}");
        Json cited = new Json("{\"type\":\"citations_delta\",\"citation\":{\"c\":1}}");
        Json redacted = new Json("{\"type\":\"redacted_thinking\",\"data\":\"d\"}");
        String answer =
                Showing.plain()
                        .heartbeat()
                        .comment("x")
                        .events(
                                new Opened("msg_1", "m", 0),
                                BlockStarted.of(0, 0, BlockKind.REASONING),
                                new Delta(0, "hm"),
                                new Signed(0, new Seal(Seal.CLAUDE, "sig")),
                                new BlockStarted(1, 0, BlockKind.REASONING, null, redacted),
                                BlockStarted.text(2, 0),
                                new Attached(2, cited),
                                new Delta(2, "a"),
                                new Delta(2, "b"),
                                new BlockStarted(3, 0, BlockKind.OPAQUE, null, search),
                                new Attached(3, piece),
                                BlockStarted.toolCall(4, 0, "t", "f"),
                                new Delta(4, "{\"x\":"),
                                new Delta(4, "1.0}"),
                                BlockStarted.toolCall(5, 0, "", "g"),
                                BlockStarted.text(6, 1),
                                new Delta(6, "other choice"),
                                new ChoiceEnded(0, FinishReason.STOP, null))
                        .finished(Usage.of(3, 4));
        assertThat(answer)
                .isEqualTo(
                        message(
                                "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"},"
                                        + redacted.text()
                                        + ",{\"type\":\"text\",\"text\":\"ab\",\"citations\":[{\"c\":1}]},"
                                        + "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"n\",\"input\":{\"q\":1}},"
                                        + "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"x\":1.0}},"
                                        + "{\"type\":\"tool_use\",\"id\":\"toolu_minted1\",\"name\":\"g\",\"input\":{}}",
                                "tool_use",
                                "\"input_tokens\":3,\"output_tokens\":4"));
    }

    @Test
    void anAnswerThatCameWholeIsWrittenAsItCame() {
        String body =
                "{\n\"type\":\"message\",\"id\":\"msg_9\",\"role\":\"assistant\",\"model\":\"m\",\"x\":1e400,\"content\":["
                        + "{\"type\":\"new_block\"},{\"type\":\"text\",\"text\":\"\\u0041\"},{\"type\":\"tool_use\",\"id\":\"t\","
                        + "\"name\":\"f\",\"input\":{ }}],\"stop_reason\":\"tool_use\",\"stop_sequence\":null,"
                        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}";
        assertThat(Showing.plain().frames(Showing.body(body)).finished()).isEqualTo(body);
    }

    @Test
    void anAnswerThatCameWholeBecomesAStreamForWhoWantsOne() {
        String body =
                "{\"type\":\"message\",\"id\":\"msg_9\",\"role\":\"assistant\",\"model\":\"m\",\"content\":["
                        + "{\"type\":\"text\",\"text\":\"A\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}";
        assertThat(Showing.stream().frames(Showing.body(body)).finished())
                .contains("\"input_tokens\":1,", "\"text\":\"A\"")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void whatAStreamTellsBesidesIsKept() {
        String answer =
                Showing.plain().frames(Showing.decoded(Golden.read("text.stream.sse"))).finished();
        assertThat(answer)
                .isEqualTo(
                        "{\"id\":\"msg_01\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-6\","
                                + "\"content\":[{\"type\":\"text\",\"text\":\"Grüße an 👩‍👩‍👧 \\\"ü\\\"\\n\"}],"
                                + "\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\",\"usage\":{"
                                + "\"input_tokens\":25,\"cache_creation_input_tokens\":100,\"cache_read_input_tokens\":2000,"
                                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":100,\"ephemeral_1h_input_tokens\":0},"
                                + "\"output_tokens\":15,\"service_tier\":\"standard\"}}");
    }

    @Test
    void startsOverWithANewIdentity() {
        assertThat(
                        Showing.plain()
                                .frames(Showing.decoded(Golden.read("text.stream.sse")))
                                .reset()
                                .events(
                                        new Opened("msg_1", "m", 0),
                                        BlockStarted.text(0, 0),
                                        new Delta(0, "found"))
                                .finished(Usage.NONE))
                .isEqualTo(
                        message(
                                "{\"type\":\"text\",\"text\":\"found\"}",
                                "end_turn",
                                "\"input_tokens\":0,\"output_tokens\":0"));
    }

    @Test
    void onlyTheNewAnswerIsShown() {
        assertThat(
                        Showing.plain()
                                .events(
                                        BlockStarted.text(0, 0),
                                        new Delta(0, "old"),
                                        new BlockEnded(0),
                                        new Restarted(0),
                                        BlockStarted.text(1, 0),
                                        new Delta(1, "new"))
                                .finished(Usage.NONE))
                .contains("new")
                .doesNotContain("old");
    }

    @Test
    void blocksOfTypesThatCameLaterAreCarried() {
        String wire =
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
                        + "\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n"
                        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
                        + "\"content_block\":{\"type\":\"zork\",\"a\":1}}\n\n"
                        + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\","
                        + "\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}}\n\n"
                        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        assertThat(Showing.plain().frames(Showing.decoded(wire)).finished())
                .contains("\"content\":[{\"type\":\"zork\",\"a\":1}]");
        Json audio = new Json("{\"audio\":{\"id\":\"a\"}}");
        assertThat(
                        Showing.plain()
                                .events(new BlockStarted(0, 0, BlockKind.OPAQUE, null, audio))
                                .finished(Usage.NONE))
                .contains("\"content\":[]");
    }
}
