package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.ResponsesTranscript.FunctionCall;
import dev.midstream.testkit.ResponsesTranscript.Message;
import dev.midstream.testkit.ResponsesTranscript.Reasoning;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.EmptyDelta;
import dev.midstream.testkit.Step.EndBlock;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Malformed;
import dev.midstream.testkit.Step.Ping;
import dev.midstream.testkit.Step.Refusal;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class HealthyResponsesStreamsPassTheirGrammarTest {

    private static final Answer EVERYTHING =
            Answer.of(
                    new Step.Reasoning("Let me"),
                    new Ping(),
                    new Step.Reasoning(" see."),
                    new EmptyDelta(),
                    new Text("Once"),
                    new EmptyDelta(),
                    new Text(" upon"),
                    new Refusal("No more."),
                    new EndBlock(),
                    new Text(" a time"),
                    new ToolCall("call_1", "read", "{\"a", "\":1}"),
                    new ToolCall("call_2", "list", "{}"),
                    new Finish("tool_calls"),
                    new Usage(12, 9, 4, 2),
                    new Done());

    @Test
    void aStreamWithEverythingInItIsReadBackWhole() {
        ObjectNode request = ResponsesRequests.request("Tell me");
        request.putArray("include").add("reasoning.encrypted_content");
        ResponsesTranscript transcript =
                ResponsesStreamGrammar.check(
                        ResponsesRequests.stream(Dialect.responses(), EVERYTHING, request));

        assertThat(transcript.items())
                .containsExactly(
                        new Reasoning(
                                "rs_gpt-1-0", List.of("Let me see."), "", "gAAAAAB-gpt-1-0", null),
                        new Message("msg_gpt-1-1", "Once upon", "No more.", "completed"),
                        new Message("msg_gpt-1-2", " a time", "", "completed"),
                        new FunctionCall("fc_gpt-1-3", "call_1", "read", "{\"a\":1}", "completed"),
                        new FunctionCall("fc_gpt-1-4", "call_2", "list", "{}", "completed"));
        assertThat(transcript.id()).isEqualTo("resp_gpt-1");
        assertThat(transcript.status()).isEqualTo("completed");
        assertThat(transcript.text()).isEqualTo("Once upon a time");
        assertThat(transcript.reasoning()).isEqualTo("Let me see.");
        assertThat(transcript.keepalives()).isOne();
        assertThat(transcript.usage())
                .extracting(ResponsesTranscript.Usage::input, ResponsesTranscript.Usage::output)
                .containsExactly(12, 9);
        assertThat(transcript.error()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ITEM_IDS_ROTATE", "DONE_SENT", "NO_TERMINAL_EVENT", "RATE_LIMITS_LAST"})
    void harmlessHabitsPassToo(ResponsesQuirk quirk) {
        assertThat(check(Dialect.responses(quirk), EVERYTHING).functionCalls()).hasSize(2);
    }

    @Test
    void harmfulHabitsAreCaught() {
        assertThat(violations(ResponsesQuirk.ITEM_IDS_ROTATE))
                .contains(
                        "response.content_part.added has the item_id \"msg_gpt-1-1-12\", expected"
                                + " msg_gpt-1-1-11");
        assertThat(violations(ResponsesQuirk.NO_TERMINAL_EVENT))
                .containsExactly("ends without a terminal event");
        assertThat(violations(ResponsesQuirk.DONE_SENT)).contains("comes after the terminal event");
        assertThat(violations(ResponsesQuirk.RATE_LIMITS_LAST))
                .contains("comes after the terminal event");
    }

    @Test
    void reasoningHasTheFormThatTheProviderGivesIt() {
        assertThat(reasoning(ResponsesQuirk.SUMMARY_IN_PARTS).summary())
                .containsExactly("Let me", " see.", "");
        assertThat(reasoning(ResponsesQuirk.REASONING_TEXT).text()).isEqualTo("Let me see.");
        assertThat(reasoning(ResponsesQuirk.REASONING_SILENT))
                .isEqualTo(new Reasoning("rs_gpt-1-0", List.of(), "", null, null));
    }

    private static Reasoning reasoning(ResponsesQuirk quirk) {
        return (Reasoning) check(Dialect.responses(quirk), EVERYTHING).items().getFirst();
    }

    @Test
    void padsDeltasOnlyWhereTheRequestDoesNotMind() {
        ObjectNode request = ResponsesRequests.request("Tell me");
        Dialect padding = Dialect.responses(ResponsesQuirk.OBFUSCATION);
        assertThat(ResponsesRequests.stream(padding, EVERYTHING, request)).contains("obfuscation");
        request.putObject("stream_options").put("include_obfuscation", false);
        assertThat(ResponsesRequests.stream(padding, EVERYTHING, request))
                .doesNotContain("\"obfuscation\"");
    }

    @Test
    void finishReasonsBecomeAStatus() {
        assertThat(end("stop").status()).isEqualTo("completed");
        assertThat(end("tool_calls").status()).isEqualTo("completed");
        assertThat(end("length").incompleteReason()).isEqualTo("max_output_tokens");
        assertThat(end("content_filter").incompleteReason()).isEqualTo("content_filter");
    }

    private static ResponsesTranscript end(String reason) {
        return check(Dialect.responses(), Answer.of(new Text("a"), new Finish(reason), new Done()));
    }

    @Test
    void theErrorOfAProviderWouldNotMakeEveryClientRaise() {
        assertThat(
                        violations(
                                Dialect.responses(),
                                Answer.of(
                                        new Text("Once"),
                                        new InBandError(503, "server_error", "Gone"))))
                .contains("its error has no flat message");
        assertThat(
                        violations(
                                Dialect.responses(ResponsesQuirk.FAILED_WITHOUT_ERROR),
                                Answer.of(
                                        new Text("Once"),
                                        new InBandError(503, "server_error", "Gone"))))
                .containsExactly("fails without an error event, so that nobody raises");
    }

    @Test
    void aMalformedEventIsCaught() {
        assertThat(
                        violations(
                                Dialect.responses(),
                                Answer.of(
                                        new Text("Once"),
                                        new Malformed(),
                                        new Finish("stop"),
                                        new Done())))
                .first()
                .asString()
                .startsWith("is not JSON");
    }

    private static List<String> violations(ResponsesQuirk quirk) {
        return violations(Dialect.responses(quirk), EVERYTHING);
    }

    private static List<String> violations(Dialect dialect, Answer answer) {
        return ResponsesStreamGrammar.violations(ResponsesRequests.stream(dialect, answer)).stream()
                .map(GrammarViolation.Violation::message)
                .toList();
    }

    private static ResponsesTranscript check(Dialect dialect, Answer answer) {
        return ResponsesStreamGrammar.check(ResponsesRequests.stream(dialect, answer));
    }
}
