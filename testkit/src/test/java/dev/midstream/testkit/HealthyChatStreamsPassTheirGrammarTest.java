package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Step.Comment;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.EmptyDelta;
import dev.midstream.testkit.Step.EndBlock;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Malformed;
import dev.midstream.testkit.Step.Ping;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthyChatStreamsPassTheirGrammarTest {

    private static final Answer EVERYTHING =
            Answer.of(
                    new Comment("queued"),
                    new Reasoning("Let me"),
                    new Ping(),
                    new Reasoning(" see."),
                    new Text("Once"),
                    new EmptyDelta(),
                    new Text(" upon"),
                    new ToolCall("call_1", "read", "{\"a", "\":1}"),
                    new EndBlock(),
                    new ToolCall("call_2", "write", "{}"),
                    new Finish("tool_calls"),
                    new Usage(12, 9, 4, 2),
                    new Done());

    @Test
    void aStreamWithEverythingInItIsReadBackWhole() {
        ChatTranscript transcript = check(Dialect.chat(), EVERYTHING);

        assertThat(transcript.text()).isEqualTo("Once upon");
        assertThat(transcript.reasoning()).isEqualTo("Let me see.");
        assertThat(transcript.toolCalls())
                .containsExactly(
                        new ChatTranscript.ToolCall("call_1", "read", "{\"a\":1}"),
                        new ChatTranscript.ToolCall("call_2", "write", "{}"));
        assertThat(transcript.comments()).containsExactly("queued", "keep-alive");
        assertThat(transcript.usage()).isNotNull();
    }

    @Test
    void choicesInterleaveAndEachHasItsOwnOpeningAndFinish() {
        ChatTranscript transcript =
                check(
                        Dialect.chat(),
                        Answer.of(
                                new Text(0, "a"),
                                new Text(1, "x"),
                                new Text(0, "b"),
                                new Finish(0, "stop"),
                                new Text(1, "y"),
                                new Finish(1, "length"),
                                new Done()));

        assertThat(transcript.choices())
                .extracting(ChatTranscript.Choice::text)
                .containsExactly("ab", "xy");
        assertThat(transcript.choices())
                .extracting(ChatTranscript.Choice::finishReason)
                .containsExactly("stop", "length");
    }

    @Test
    void harmlessHabitsOfOtherProvidersPassToo() {
        for (ChatQuirk quirk :
                new ChatQuirk[] {
                    ChatQuirk.USAGE_NULL,
                    ChatQuirk.USAGE_UNASKED,
                    ChatQuirk.REASONING,
                    ChatQuirk.TOOL_CALL_WHOLE,
                    ChatQuirk.OBFUSCATION
                }) {
            assertThat(check(Dialect.chat(quirk), EVERYTHING).toolCalls()).hasSize(2);
        }
    }

    /** What clients break on, and a gateway has to put right. */
    @ParameterizedTest
    @MethodSource("harms")
    void harmfulHabitsAreCaught(ChatQuirk quirk, Answer answer, String rule) {
        assertThat(ChatStreamGrammar.violations(stream(Dialect.chat(quirk), answer)))
                .extracting(GrammarViolation.Violation::message)
                .contains(rule);
    }

    static Stream<Arguments> harms() {
        Answer healthy = Answer.text("Once");
        Answer failing = Answer.of(new Text("Once"), new InBandError(503, "overloaded", "Later"));
        String bareError = "has an error, but is no event: error";
        return Stream.of(
                Arguments.of(ChatQuirk.USAGE_WITH_FINISH, healthy, "has usage beside choices"),
                Arguments.of(ChatQuirk.USAGE_RUNNING, healthy, "has usage beside choices"),
                Arguments.of(ChatQuirk.EMPTY_OPENING, healthy, "has no id"),
                Arguments.of(ChatQuirk.ERROR_NULL, healthy, bareError),
                Arguments.of(
                        ChatQuirk.NO_DONE, healthy, "ends without [DONE] and without an error"),
                Arguments.of(ChatQuirk.ROLE_REPEATED, healthy, "choice 0 has its role again"),
                Arguments.of(ChatQuirk.ERROR_CODE_INTEGER, failing, bareError),
                Arguments.of(ChatQuirk.ERROR_IN_CHOICE, failing, bareError),
                Arguments.of(
                        ChatQuirk.ERROR_IN_X_GROQ,
                        failing,
                        "ends without [DONE] and without an error"),
                Arguments.of(
                        ChatQuirk.ERROR_NAMED,
                        failing,
                        "its error is no object: {\"code\":503,\"details\":\"Later\"}"),
                Arguments.of(ChatQuirk.ERROR_FIELD, failing, "has the unknown field 'error'"),
                Arguments.of(ChatQuirk.DONE_AFTER_ERROR, failing, "choice 0 has no finish_reason"));
    }

    @Test
    void aMalformedEventIsCaught() {
        assertThat(
                        ChatStreamGrammar.violations(
                                stream(
                                        Dialect.chat(),
                                        Answer.of(
                                                new Text("Once"),
                                                new Malformed(),
                                                new Finish("stop"),
                                                new Done()))))
                .singleElement()
                .satisfies(
                        violation -> {
                            assertThat(violation.item()).isEqualTo(3);
                            assertThat(violation.message()).startsWith("is not JSON");
                        });
    }

    private static ChatTranscript check(Dialect dialect, Answer answer) {
        return ChatStreamGrammar.check(stream(dialect, answer));
    }

    private static String stream(Dialect dialect, Answer answer) {
        try (var provider = ScriptedProvider.start(dialect)) {
            provider.enqueue(answer);
            return ChatRequests.textOf(provider, ChatRequests.STREAM_WITH_USAGE);
        }
    }
}
