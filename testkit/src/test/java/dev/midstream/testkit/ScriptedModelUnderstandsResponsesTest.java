package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.ModelAnswer.ReasoningBlock;
import dev.midstream.testkit.ModelAnswer.TextBlock;
import dev.midstream.testkit.ModelAnswer.ToolBlock;
import dev.midstream.testkit.ScriptedModel.Asked;
import dev.midstream.testkit.Step.Cut;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ScriptedModelUnderstandsResponsesTest {

    private static final String ANSWER = "One two three four five six seven eight";

    @Test
    void saysItsWholeAnswerToAnOriginalRequest() {
        ScriptedModel model = ScriptedModel.answering(ANSWER);
        ObjectNode request =
                ResponsesRequests.request("Count for me").put("instructions", "Be kind");
        ResponsesTranscript transcript = ask(model, request);

        assertThat(transcript.text()).isEqualTo(ANSWER);
        assertThat(transcript.usage()).isNotNull();
        assertThat(transcript.usage().input()).isEqualTo(5);
        assertThat(transcript.usage().output()).isEqualTo(8);
        assertThat(model.asked()).containsExactly(new Asked(Asked.Kind.ORIGINAL, 0));
    }

    @Test
    void takesATrailingAssistantMessageForAFinishedTurn() {
        ScriptedModel model = ScriptedModel.answering(ANSWER);
        assertThat(ask(model, prefill()).text()).isEqualTo(ANSWER);
        assertThat(model.asked())
                .containsExactly(new Asked(Asked.Kind.PREFILL, "One two three".length()));
    }

    @Test
    void refusesAPrefillWhereToldTo() {
        ScriptedModel model =
                ScriptedModel.answering(ANSWER).onPrefill(new Behaviour.RefusesPrefill());
        assertThat(body(model, prefill())).contains(Behaviour.RefusesPrefill.MESSAGE);
    }

    @Test
    void repeatsTheAnchorOfAUserTurnAndGoesOn() {
        ScriptedModel model = ScriptedModel.answering(ANSWER);
        ObjectNode request =
                ResponsesRequests.messages(
                        "user",
                        "Count for me",
                        "assistant",
                        "One two three four five",
                        "user",
                        "You ended with \"three four five\". Repeat that and go on.");
        assertThat(ask(model, request).text()).isEqualTo("three four five six seven eight");
        assertThat(model.asked())
                .containsExactly(
                        new Asked(Asked.Kind.USER_TURN, "One two three four five".length()));
    }

    @Test
    void readsContentInPartsAndPassesOverReasoning() {
        ObjectNode request =
                ResponsesRequests.items(
                        "{'role':'user','content':[{'type':'input_text','text':'Count'}]}",
                        "{'type':'reasoning','summary':[]}",
                        "{'type':'message','role':'assistant','content':"
                                + "[{'type':'output_text','text':'One two'}]}",
                        "{'role':'user','content':[{'type':'input_text','text':"
                                + "'You ended with \\\"One two\\\". Repeat that and go on.'}]}");
        assertThat(ask(ScriptedModel.answering(ANSWER), request).text()).isEqualTo(ANSWER);
    }

    @Test
    void answersTheOutputsOfToolsAnew() {
        ObjectNode request =
                ResponsesRequests.items(
                        "{'role':'user','content':'Read'}",
                        "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}",
                        "{'type':'function_call_output','call_id':'c','output':'One two'}");
        ScriptedModel model = ScriptedModel.answering(ANSWER);
        assertThat(ask(model, request).text()).isEqualTo(ANSWER);
        assertThat(model.asked()).containsExactly(new Asked(Asked.Kind.ORIGINAL, 0));
    }

    @Test
    void stopsAtTheLimitOfTokens() {
        ResponsesTranscript transcript =
                ask(
                        ScriptedModel.answering(ANSWER),
                        ResponsesRequests.request("Count").put("max_output_tokens", 3));
        assertThat(transcript.text()).isEqualTo("One two three");
        assertThat(transcript.incompleteReason()).isEqualTo("max_output_tokens");
    }

    @Test
    void saysReasoningTextAndSeveralCallsInTheirOrder() {
        ModelAnswer turn =
                ModelAnswer.of(
                        new ReasoningBlock("Two files."),
                        new TextBlock("Reading both."),
                        new ToolBlock("call_1", "read", "{\"path\": \"a\"}"),
                        new ToolBlock("call_2", "read", "{\"path\": \"b\"}"));
        ResponsesTranscript transcript =
                ask(ScriptedModel.answering(turn), ResponsesRequests.request("Read"));
        assertThat(transcript.items())
                .extracting(item -> item.getClass().getSimpleName())
                .containsExactly("Reasoning", "Message", "FunctionCall", "FunctionCall");
        assertThat(transcript.functionCalls().getLast().arguments()).isEqualTo("{\"path\": \"b\"}");
    }

    @Test
    void breaksOffInTheForegroundForGood() {
        ScriptedModel model = ScriptedModel.answering(ANSWER).breaking(1, 5, new Cut());
        assertThat(body(model, ResponsesRequests.request("Count")))
                .contains("five")
                .doesNotContain("six");
    }

    private static ObjectNode prefill() {
        return ResponsesRequests.messages("user", "Count for me", "assistant", "One two three");
    }

    private static ResponsesTranscript ask(ScriptedModel model, ObjectNode request) {
        return ResponsesStreamGrammar.check(body(model, request));
    }

    private static String body(ScriptedModel model, ObjectNode request) {
        try (var provider = ScriptedProvider.start("gpt", Dialect.responses(), model)) {
            return ResponsesRequests.textOf(ResponsesRequests.ask(provider, request));
        }
    }
}
