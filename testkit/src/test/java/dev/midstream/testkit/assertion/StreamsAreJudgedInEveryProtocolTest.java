package dev.midstream.testkit.assertion;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Asking;
import dev.midstream.testkit.GrammarViolation;
import dev.midstream.testkit.ModelAnswer;
import dev.midstream.testkit.ModelAnswer.ReasoningBlock;
import dev.midstream.testkit.ModelAnswer.TextBlock;
import dev.midstream.testkit.ModelAnswer.ToolBlock;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.Responder;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamsAreJudgedInEveryProtocolTest {

    private static final ScriptedModel MODEL =
            ScriptedModel.answering(
                    ModelAnswer.of(
                            new ReasoningBlock("Let me see."),
                            new TextBlock("I look it up."),
                            new ToolBlock("call_1", "weather", "{\"city\":\"Oslo\"}")));

    @ParameterizedTest
    @EnumSource
    void whatIsSoPasses(Protocol protocol) {
        stream(protocol, MODEL)
                .isValid()
                .isWhole()
                .hasText("I look it up.")
                .beginsWith("I look")
                .hasReasoning("Let me see.")
                .callsTools("weather")
                .callsTool("weather", "{ \"city\": \"Oslo\" }")
                .finishesWith("tool_calls")
                .tellsUsage();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotSoFailsWithTheStream(Protocol protocol) {
        StreamCheck stream = stream(protocol, MODEL);

        fails(() -> stream.hasText("I look"), "expected text: \"I look\"", "I look it up.");
        fails(() -> stream.beginsWith("You"), "begins \"You\"");
        fails(() -> stream.hasReasoning(""), "expected reasoning");
        fails(() -> stream.callsTools(), "expected tool calls: []", "[weather]");
        fails(() -> stream.callsTool("weather", "{\"city\":\"Rome\"}"), "Rome", "data: ");
        fails(() -> stream.callsTool("time", "{\"city\":\"Oslo\"}"), "a call of time");
        fails(() -> stream.finishesWith("stop"), "\"tool_calls\"");
        fails(() -> stream.tellsUsage(1, 1), "Tokens[input=1");
        fails(stream::endsInError, "that an error ends", "data: ");
    }

    @ParameterizedTest
    @EnumSource
    void streamsThatBreakOffAreNotValid(Protocol protocol) {
        StreamCheck stream = stream(protocol, Answer.saying("Once upon a time").truncatedAfter(2));

        assertThatThrownBy(stream::isValid).isInstanceOf(GrammarViolation.class);
        assertThatThrownBy(stream::isWhole).isInstanceOf(GrammarViolation.class);
        assertThatThrownBy(() -> stream.hasText("Once upon")).isInstanceOf(GrammarViolation.class);
    }

    @Test
    void errorsHaveTypeAndStatus() {
        String chat =
                """
                event: error
                data: {"error":{"message":"Busy.","type":"overloaded_error","param":null,"code":null,\
                "midstream":{"delivered":false,"retryable":true,"attempts":[{"group":"a","status":529}]}}}

                """;
        Streams.chat(chat).isValid().endsInError().endsInError(529, "overloaded_error");
        fails(() -> Streams.chat(chat).endsInError("server_error"), "\"overloaded_error\"");
        fails(() -> Streams.chat(chat).endsInError(503, "overloaded_error"), "the status 503");
        fails(() -> Streams.chat(chat).isWhole(), "without an error");

        String messages =
                """
                event: error
                data: {"type":"error","error":{"type":"overloaded_error","message":"Busy."}}

                """;
        Streams.messages(messages).endsInError("overloaded_error");
        fails(() -> Streams.messages(messages).isWhole(), "without an error");
    }

    private static StreamCheck stream(Protocol protocol, Responder responder) {
        try (var provider = ScriptedProvider.start("p", protocol).answering(responder);
                var client = Asking.ask(protocol, provider, true)) {
            client.awaitEnd();
            return Streams.of(protocol, client.text());
        }
    }

    private static void fails(Runnable assertion, String... words) {
        assertThatThrownBy(assertion::run)
                .isInstanceOf(AssertionError.class)
                .message()
                .contains(words);
    }
}
