package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.MessagesTranscript.Text;
import dev.midstream.testkit.MessagesTranscript.Thinking;
import dev.midstream.testkit.MessagesTranscript.ToolUse;
import dev.midstream.testkit.Step.Cut;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.EmptyDelta;
import dev.midstream.testkit.Step.EndBlock;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Malformed;
import dev.midstream.testkit.Step.Ping;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class HealthyMessagesStreamsPassTheirGrammarTest {

    private static final Answer EVERYTHING =
            Answer.of(
                    new Reasoning("Let me"),
                    new Ping(),
                    new Reasoning(" see."),
                    new EmptyDelta(),
                    new Step.Text("Once"),
                    new Step.Text(" upon"),
                    new ToolCall("toolu_1", "read", "{\"a", "\":1}"),
                    new EndBlock(),
                    new ToolCall("toolu_2", "list"),
                    new Finish("tool_calls"),
                    new Usage(12, 9, 4, 2),
                    new Done());

    @Test
    void aStreamWithEverythingInItIsReadBackWhole() {
        MessagesTranscript transcript = check(Dialect.messages(), EVERYTHING);

        assertThat(transcript.blocks())
                .containsExactly(
                        new Thinking("Let me see.", "sig_claude-1-0"),
                        new Text("Once upon"),
                        new ToolUse("toolu_1", "read", "{\"a\":1}"),
                        new ToolUse("toolu_2", "list", ""));
        assertThat(transcript.stopReason()).isEqualTo("tool_use");
        assertThat(transcript.usage()).isEqualTo(new MessagesTranscript.Usage(8, 9));
        assertThat(transcript.pings()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NO_MESSAGE_STOP", "TOOL_INPUT_UNSAID"})
    void harmlessHabitsPassToo(MessagesQuirk quirk) {
        assertThat(check(Dialect.messages(quirk), EVERYTHING).toolUses()).hasSize(2);
    }

    @Test
    void harmfulHabitsAreCaught() {
        assertThat(violations(MessagesQuirk.NO_MESSAGE_STOP))
                .containsExactly("ends without message_stop and without an error");
        assertThat(violations(MessagesQuirk.TOOL_INPUT_UNSAID))
                .containsExactly("block 3 stops without an input_json_delta");
    }

    private static List<String> violations(MessagesQuirk quirk) {
        return MessagesStreamGrammar.violations(
                        MessagesRequests.stream(Dialect.messages(quirk), EVERYTHING))
                .stream()
                .map(GrammarViolation.Violation::message)
                .toList();
    }

    @Test
    void finishReasonsBecomeStopReasons() {
        assertThat(stopReason(new Finish("stop"))).isEqualTo("end_turn");
        assertThat(stopReason(new Finish(0, "stop", "END"))).isEqualTo("stop_sequence");
        assertThat(stopReason(new Finish("length"))).isEqualTo("max_tokens");
        assertThat(stopReason(new Finish("content_filter"))).isEqualTo("refusal");
        assertThat(stopReason(new Finish("pause_turn"))).isEqualTo("pause_turn");
    }

    private static String stopReason(Finish finish) {
        return String.valueOf(
                check(Dialect.messages(), Answer.of(new Step.Text("a"), finish, new Done()))
                        .stopReason());
    }

    @Test
    void aStreamThatEndsInAnErrorPasses() {
        MessagesTranscript transcript =
                check(
                        Dialect.messages(),
                        Answer.of(
                                new Step.Text("Once"),
                                new InBandError(529, "overloaded_error", "Overloaded")));
        assertThat(transcript.error()).isNotNull();
        assertThat(transcript.text()).isEqualTo("Once");
    }

    @Test
    void aMalformedEventIsCaught() {
        Answer answer =
                Answer.of(new Step.Text("Once"), new Malformed(), new Finish("stop"), new Done());
        assertThat(
                        MessagesStreamGrammar.violations(
                                MessagesRequests.stream(Dialect.messages(), answer)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).startsWith("is not JSON"));
    }

    @Test
    void aModelRefusesAPrefillBreaksOffAndGoesOnAfterAUserTurn() {
        ScriptedModel model =
                ScriptedModel.answering("One two three four five six seven eight")
                        .onPrefill(new Behaviour.RefusesPrefill())
                        .breaking(1, 5, new Cut());
        try (var provider = ScriptedProvider.start("claude", Dialect.messages(), model)) {
            String broken = ask(provider, MessagesRequests.request("user", "Count for me"));
            assertThat(broken)
                    .contains("\"input_tokens\":3")
                    .contains("five")
                    .doesNotContain("six");

            ObjectNode prefill =
                    MessagesRequests.request(
                            "user", "Count for me", "assistant", "One two three four five");
            assertThat(ask(provider, prefill))
                    .contains("does not support assistant message prefill");

            ObjectNode userTurn =
                    MessagesRequests.request(
                            "user",
                            "Count for me",
                            "user",
                            "You ended with \"three four five\". Repeat that and go on.");
            assertThat(MessagesStreamGrammar.check(ask(provider, userTurn)).text())
                    .isEqualTo("three four five six seven eight");
        }
    }

    private static String ask(ScriptedProvider provider, ObjectNode request) {
        return MessagesRequests.textOf(MessagesRequests.ask(provider, request));
    }

    private static MessagesTranscript check(Dialect dialect, Answer answer) {
        return MessagesStreamGrammar.check(MessagesRequests.stream(dialect, answer));
    }
}
