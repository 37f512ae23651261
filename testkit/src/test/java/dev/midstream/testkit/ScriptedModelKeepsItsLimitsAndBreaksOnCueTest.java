package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.ModelAnswer.ReasoningBlock;
import dev.midstream.testkit.ModelAnswer.TextBlock;
import dev.midstream.testkit.ModelAnswer.ToolBlock;
import dev.midstream.testkit.Step.Close;
import dev.midstream.testkit.Step.InBandError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ScriptedModelKeepsItsLimitsAndBreaksOnCueTest {

    private static final ModelAnswer TURN =
            ModelAnswer.of(
                    new ReasoningBlock("I need two files."),
                    new TextBlock("Reading both."),
                    new ToolBlock("call_1", "read", "{\"path\": \"a\"}"),
                    new ToolBlock("call_2", "read", "{\"path\": \"b\"}"));

    @Test
    void stopsAtTheLimitOfTokens() {
        try (var talk = new ModelTalk(ScriptedModel.answering("One two three four"))) {
            ChatTranscript transcript = talk.ask(original().put("max_tokens", 3));
            assertThat(transcript.text()).isEqualTo("One two three");
            assertThat(transcript.finishReason()).isEqualTo("length");
        }
    }

    @Test
    void stopsBeforeTheFirstStopString() {
        try (var talk = new ModelTalk(ScriptedModel.answering("One two three four"))) {
            ObjectNode request = original();
            request.putArray("stop").add("four").add("o t");
            ChatTranscript transcript = talk.ask(request);
            assertThat(transcript.text()).isEqualTo("One tw");
            assertThat(transcript.finishReason()).isEqualTo("stop");
            assertThat(talk.ask(original().put("stop", "three")).text()).isEqualTo("One two ");
        }
    }

    @Test
    void countsTokensInItsUsage() {
        try (var talk = new ModelTalk(ScriptedModel.answering(TURN))) {
            ObjectNode request = original();
            request.putObject("stream_options").put("include_usage", true);
            ChatTranscript.Usage usage = talk.ask(request).usage();
            assertThat(usage).isNotNull();
            assertThat(usage.input()).isEqualTo(2);
            assertThat(usage.output()).isEqualTo(12);
        }
    }

    @Test
    void saysReasoningTextAndToolCallsInTheirOrder() {
        try (var talk = new ModelTalk(ScriptedModel.answering(TURN))) {
            ChatTranscript transcript = talk.ask(original());
            assertThat(transcript.reasoning()).isEqualTo("I need two files.");
            assertThat(transcript.text()).isEqualTo("Reading both.");
            assertThat(transcript.toolCalls())
                    .containsExactly(
                            new ChatTranscript.ToolCall("call_1", "read", "{\"path\": \"a\"}"),
                            new ChatTranscript.ToolCall("call_2", "read", "{\"path\": \"b\"}"));
            assertThat(transcript.finishReason()).isEqualTo("tool_calls");
        }
    }

    @Test
    void goesOnWithItsToolCallsAfterTheTextBeforeThem() {
        try (var talk = new ModelTalk(ScriptedModel.answering(TURN))) {
            ChatTranscript transcript =
                    talk.ask(ModelTalk.request("user", "Read", "assistant", "Reading"));
            assertThat(transcript.text()).isEqualTo(" both.");
            assertThat(transcript.toolCalls()).hasSize(2);
            assertThat(transcript.reasoning()).isEmpty();
        }
    }

    @Test
    void breaksAfterAnyNumberOfTokensOfAnyKind() {
        ScriptedModel model = ScriptedModel.answering(TURN);
        for (int tokens = 0; tokens <= 12; tokens++) {
            model.breaking(tokens + 1, tokens, new Close());
        }
        List<Integer> deltas = new ArrayList<>();
        try (var talk = new ModelTalk(model)) {
            for (int tokens = 0; tokens <= 12; tokens++) {
                String body = talk.body(original());
                assertThat(body).doesNotContain("[DONE]").doesNotContain("\"tool_calls\"}");
                deltas.add((int) body.lines().filter(line -> line.startsWith("data:")).count());
            }
            assertThat(talk.ask(original()).toolCalls()).hasSize(2);
        }
        assertThat(deltas).containsExactly(0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
    }

    @Test
    void breaksOnlyTheRequestThatItIsTold() {
        ScriptedModel model =
                ScriptedModel.answering("One two three")
                        .breaking(2, 1, new InBandError(503, "server_error", "Gone"));
        try (var talk = new ModelTalk(model)) {
            assertThat(talk.body(original())).contains("three");
            assertThat(talk.body(original())).contains("Gone").doesNotContain("two");
            assertThat(talk.body(original())).contains("three");
        }
    }

    private static ObjectNode original() {
        return ModelTalk.request("user", "Go on");
    }
}
