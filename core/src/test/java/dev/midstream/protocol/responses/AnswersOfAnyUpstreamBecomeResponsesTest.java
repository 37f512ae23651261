package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Signed;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.model.Usage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Canonical events, whoever they come from, become a whole stream of the Responses API. */
class AnswersOfAnyUpstreamBecomeResponsesTest {

    private static final StreamEvent OPENED = new Opened("msg_1", "claude", 7);

    @Test
    void textBecomesAMessageWithEveryEventOfItsLife() {
        ClientStream stream =
                ClientStream.of("")
                        .tell(
                                OPENED,
                                BlockStarted.text(0, 0),
                                new Delta(0, "On"),
                                new Delta(0, "ce \"👋\"\n"),
                                new BlockEnded(0),
                                new ChoiceEnded(0, FinishReason.STOP, null))
                        .finish(new Usage(5, 6, 3, Usage.UNKNOWN, 2, false))
                        .judged();
        assertThat(stream.types())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        JsonNode last = stream.last();
        assertThat(last.path("model").asString()).isEqualTo("claude");
        assertThat(last.path("created_at").asInt()).isEqualTo(7);
        assertThat(last.path("status").asString()).isEqualTo("completed");
        assertThat(last.path("output").path(0).path("content").path(0).path("text").asString())
                .isEqualTo("Once \"👋\"\n");
        assertThat(last.path("usage"))
                .hasToString(
                        "{\"input_tokens\":5,\"input_tokens_details\":{\"cached_tokens\":3,"
                                + "\"cache_write_tokens\":0},\"output_tokens\":6,"
                                + "\"output_tokens_details\":{\"reasoning_tokens\":2},"
                                + "\"total_tokens\":11}");
    }

    @Test
    void theResponseRepeatsWhatWasAskedFor() {
        JsonNode created =
                ClientStream.of(
                                ",\"instructions\":\"Be\",\"tools\":[\n{\"type\":\"function\",\"name\":\"f\"}],"
                                        + "\"temperature\":0.50,\"metadata\":{\"a\":\"b\"},\"truncation\":null")
                        .tell(OPENED)
                        .events()
                        .getFirst()
                        .path("response");
        assertThat(created.path("instructions").asString()).isEqualTo("Be");
        assertThat(created.path("tools").path(0).path("name").asString()).isEqualTo("f");
        assertThat(created.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(created.path("metadata").path("a").asString()).isEqualTo("b");
        assertThat(created.path("truncation").asString()).isEqualTo("disabled");
        assertThat(created.path("tool_choice").asString()).isEqualTo("auto");
        for (String member :
                new String[] {
                    "error", "incomplete_details", "usage", "previous_response_id", "user"
                }) {
            assertThat(created.path(member).isNull()).as(member).isTrue();
        }
    }

    @Test
    void reasoningIsSummedUpAndKeepsItsProofOfOrigin() {
        Seal seal = new Seal(Seal.CLAUDE, "sig");
        JsonNode item =
                ClientStream.of("")
                        .tell(
                                OPENED,
                                BlockStarted.of(0, 0, BlockKind.REASONING),
                                new Delta(0, "hm"),
                                new Signed(0, seal),
                                new BlockEnded(0),
                                BlockStarted.text(1, 0),
                                new Delta(1, "a"),
                                new BlockEnded(1),
                                new ChoiceEnded(0, FinishReason.STOP, null))
                        .finish(Usage.of(1, 2))
                        .judged()
                        .last()
                        .path("output")
                        .path(0);
        assertThat(item.path("summary").path(0).path("text").asString()).isEqualTo("hm");
        assertThat(Seal.read(item.path("encrypted_content").asString(), "")).isEqualTo(seal);
    }

    @Test
    void reasoningThatBrokeOffEndsIncompleteAndWithoutProof() {
        ClientStream stream =
                ClientStream.of("")
                        .tell(
                                OPENED,
                                BlockStarted.of(0, 0, BlockKind.REASONING),
                                new Delta(0, "hm"),
                                new BlockEnded(0, true),
                                new Opened("other", "other", 9),
                                BlockStarted.of(1, 0, BlockKind.REASONING),
                                new Delta(1, "again"),
                                new BlockEnded(1),
                                new ChoiceEnded(0, FinishReason.STOP, null))
                        .finish(Usage.of(1, 2))
                        .judged();
        JsonNode broken = stream.last().path("output").path(0);
        assertThat(broken.path("status").asString()).isEqualTo("incomplete");
        assertThat(broken.has("encrypted_content")).isFalse();
        assertThat(stream.last().path("model").asString()).isEqualTo("claude");
    }

    @Test
    void aSupersededAnswerIsClosedIncompleteAndFollowedByANewItem() {
        JsonNode output =
                ClientStream.of("")
                        .tell(
                                OPENED,
                                BlockStarted.text(0, 0),
                                new Delta(0, "old"),
                                new BlockEnded(0),
                                new StreamEvent.Restarted(0),
                                BlockStarted.text(1, 0),
                                new Delta(1, "new"),
                                new BlockEnded(1),
                                new ChoiceEnded(0, FinishReason.STOP, null))
                        .finish(Usage.of(1, 2))
                        .judged()
                        .last()
                        .path("output");
        assertThat(output.path(0).path("status").asString()).isEqualTo("incomplete");
        assertThat(output.path(1).path("status").asString()).isEqualTo("completed");
    }

    @Test
    void textsWithoutAnythingBetweenThemAreOneMessage() {
        JsonNode output =
                ClientStream.of("")
                        .tell(
                                OPENED,
                                BlockStarted.text(0, 0),
                                new Delta(0, "a"),
                                new BlockEnded(0),
                                BlockStarted.of(1, 0, BlockKind.REFUSAL),
                                new Delta(1, "no"),
                                new BlockEnded(1),
                                new ChoiceEnded(0, FinishReason.REFUSAL, null))
                        .finish(Usage.of(1, 2))
                        .judged()
                        .last()
                        .path("output");
        assertThat(output.size()).isEqualTo(1);
        assertThat(output.path(0).path("content").path(1).path("refusal").asString())
                .isEqualTo("no");
    }

    @Test
    void aCallIsClosedAsSoonAsItIsWhole() {
        ClientStream stream =
                ClientStream.of("")
                        .tell(
                                OPENED,
                                BlockStarted.toolCall(0, 0, "call_1", "f"),
                                new Delta(0, "{\"a\":"),
                                new Delta(0, "1}"),
                                new BlockEnded(0));
        assertThat(stream.types()).endsWith("response.output_item.done");
        JsonNode item =
                stream.tell(
                                BlockStarted.toolCall(1, 0, "call_1", "f"),
                                new Delta(1, "{}"),
                                new BlockEnded(1),
                                new ChoiceEnded(0, FinishReason.TOOL_CALLS, null))
                        .finish(Usage.of(1, 2))
                        .judged()
                        .last()
                        .path("output");
        assertThat(item.path(0).path("arguments").asString()).isEqualTo("{\"a\":1}");
        assertThat(item.path(0).path("call_id").asString()).isEqualTo("call_1");
        assertThat(item.path(1).path("call_id").asString())
                .as("an id is never given twice")
                .startsWith("call_minted");
    }

    @Test
    void freeTextComesBackAsSuchAlthoughTheUpstreamWrappedIt() {
        JsonNode item =
                ClientStream.of(",\"tools\":[{\"type\":\"custom\",\"name\":\"apply_patch\"}]")
                        .tell(
                                OPENED,
                                BlockStarted.toolCall(0, 0, "c", "apply_patch"),
                                new Delta(0, "{\"input\":\"*** Be"),
                                new Delta(0, "gin\\n\"}"),
                                new BlockEnded(0),
                                new ChoiceEnded(0, FinishReason.TOOL_CALLS, null))
                        .finish(Usage.of(1, 2))
                        .judged()
                        .last()
                        .path("output")
                        .path(0);
        assertThat(item.path("type").asString()).isEqualTo("custom_tool_call");
        assertThat(item.path("input").asString()).isEqualTo("*** Begin\n");
    }

    @Test
    void freeTextOfAnUpstreamThatKnowsItIsPassedOn() {
        JsonNode item =
                ClientStream.of(",\"tools\":[{\"type\":\"custom\",\"name\":\"apply_patch\"}]")
                        .tell(
                                OPENED,
                                new BlockStarted(
                                        0,
                                        0,
                                        BlockKind.TOOL_CALL,
                                        new ToolCallHead("c", "apply_patch", true),
                                        null),
                                new Delta(0, "{\"input\":1}"),
                                new BlockEnded(0),
                                new ChoiceEnded(0, FinishReason.TOOL_CALLS, null))
                        .finish(Usage.of(1, 2))
                        .judged()
                        .last()
                        .path("output")
                        .path(0);
        assertThat(item.path("input").asString()).isEqualTo("{\"input\":1}");
    }

    @Test
    void aToolOfANamespaceComesBackAsTheClientDeclaredIt() {
        JsonNode output =
                ClientStream.whole(
                                "{\"model\":\"m\",\"stream\":true,\"input\":[{\"type\":\"additional_tools\","
                                        + "\"id\":\"at_1\",\"role\":\"developer\",\"tools\":[{\"type\":\"namespace\","
                                        + "\"name\":\"functions\",\"description\":\"d\",\"tools\":["
                                        + "{\"type\":\"custom\",\"name\":\"exec\"},{\"type\":\"function\",\"name\":\"wait\"}]},"
                                        + "{\"type\":\"namespace\",\"name\":\"agents\",\"tools\":["
                                        + "{\"type\":\"function\",\"name\":\"wait\"}]}]},"
                                        + "{\"role\":\"user\",\"content\":\"x\"}]}")
                        .tell(
                                OPENED,
                                BlockStarted.toolCall(0, 0, "c1", "exec"),
                                new Delta(0, "{\"input\":\"ls\"}"),
                                new BlockEnded(0),
                                BlockStarted.toolCall(1, 0, "c2", "agents__wait"),
                                new Delta(1, "{}"),
                                new BlockEnded(1),
                                new ChoiceEnded(0, FinishReason.TOOL_CALLS, null))
                        .finish(Usage.of(1, 2))
                        .judged()
                        .last()
                        .path("output");
        assertThat(output.path(0).path("namespace").asString()).isEqualTo("functions");
        assertThat(output.path(0).path("input").asString()).isEqualTo("ls");
        assertThat(output.path(1).path("namespace").asString()).isEqualTo("agents");
        assertThat(output.path(1).path("name").asString()).isEqualTo("wait");
    }

    @Test
    void limitsAndPoliciesEndTheResponseIncomplete() {
        for (FinishReason reason : FinishReason.values()) {
            JsonNode last =
                    ClientStream.of("")
                            .tell(
                                    OPENED,
                                    BlockStarted.text(0, 0),
                                    new Delta(0, "a"),
                                    new ChoiceEnded(0, reason, null))
                            .finish(Usage.of(1, 2))
                            .judged()
                            .last();
            String expected =
                    switch (reason) {
                        case LENGTH, CONTEXT_WINDOW -> "\"max_output_tokens\"";
                        case CONTENT_FILTER, REFUSAL -> "\"content_filter\"";
                        case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> "";
                    };
            assertThat(last.path("incomplete_details").path("reason")).hasToString(expected);
            String status = expected.isEmpty() ? "completed" : "incomplete";
            assertThat(last.path("status").asString()).isEqualTo(status);
            assertThat(last.path("output").path(0).path("status").asString()).isEqualTo(status);
        }
    }

    @Test
    void redactedReasoningAndSignedReasoningWithoutWordsAreToldApart() {
        JsonNode output =
                ClientStream.of("")
                        .tell(
                                OPENED,
                                new BlockStarted(
                                        0,
                                        0,
                                        BlockKind.REASONING,
                                        null,
                                        new Json(
                                                "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}")),
                                new BlockEnded(0),
                                BlockStarted.of(1, 0, BlockKind.REASONING),
                                new Signed(1, new Seal(Seal.CLAUDE, "sig")),
                                new BlockEnded(1),
                                new ChoiceEnded(0, FinishReason.STOP, null))
                        .finish(Usage.of(1, 2))
                        .judged()
                        .last()
                        .path("output");
        assertThat(output.path(0).path("summary").size()).isZero();
        assertThat(Seal.read(output.path(0).path("encrypted_content").asString(), ""))
                .isEqualTo(new Seal(Seal.CLAUDE, "xyz"));
        assertThat(output.path(1).path("summary").size()).isEqualTo(1);
    }
}
