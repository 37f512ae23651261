package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.GrammarViolation.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChatStreamGrammarCatchesEveryBreachTest {

    private static final String HEAD =
            "'id':'c1','object':'chat.completion.chunk','created':7,'model':'gpt-x',";
    private static final String OPEN = choice(0, "{'role':'assistant','content':''}", "null");
    private static final String ONCE = choice(0, "{'content':'Once'}", "null");
    private static final String STOP = choice(0, "{}", "'stop'");
    private static final String USAGE = data(HEAD + "'choices':[],'usage':" + usage(2, 1, 3));
    private static final String DONE = "data: [DONE]\n\n";
    private static final String CALL =
            call("'index':0,'id':'t1','type':'function'", "'name':'read'");
    private static final String ERROR =
            "event: error\ndata: {\"error\":{\"message\":\"Gone\",\"type\":\"server_error\"}}\n\n";

    @Test
    void passesAWholeStreamAndReadsIt() {
        ChatTranscript transcript =
                ChatStreamGrammar.check(
                        ": wait\n\n"
                                + OPEN
                                + choice(0, "{'reasoning_content':'Hm'}", "null")
                                + ONCE
                                + CALL
                                + call("'index':0", "'arguments':'{}'")
                                + choice(0, "{}", "'tool_calls'")
                                + USAGE
                                + DONE);

        assertThat(transcript.id()).isEqualTo("c1");
        assertThat(transcript.model()).isEqualTo("gpt-x");
        assertThat(transcript.created()).isEqualTo(7);
        assertThat(transcript.text()).isEqualTo("Once");
        assertThat(transcript.reasoning()).isEqualTo("Hm");
        assertThat(transcript.toolCalls())
                .containsExactly(new ChatTranscript.ToolCall("t1", "read", "{}"));
        assertThat(transcript.finishReason()).isEqualTo("tool_calls");
        assertThat(transcript.usage()).isNotNull();
        assertThat(transcript.comments()).containsExactly("wait");
        assertThat(transcript.error()).isNull();
    }

    @Test
    void passesAStreamThatEndsInAnError() {
        ChatTranscript transcript = ChatStreamGrammar.check(OPEN + ONCE + ERROR);

        assertThat(transcript.text()).isEqualTo("Once");
        assertThat(transcript.finishReason()).isNull();
        assertThat(transcript.error())
                .extracting(StreamError::type, StreamError::message)
                .containsExactly("server_error", "Gone");
    }

    @Test
    void saysWhereAndWhatIsWrongAndShowsTheStream() {
        assertThatThrownBy(() -> ChatStreamGrammar.check(OPEN + OPEN + STOP + DONE))
                .isInstanceOf(GrammarViolation.class)
                .hasMessageContaining("item 2: choice 0 has its role again")
                .hasMessageContaining("data: [DONE]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void namesTheBrokenRule(String rule, String stream) {
        List<Violation> violations = ChatStreamGrammar.violations(stream);
        assertThat(violations).extracting(Violation::message).contains(rule);
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                breach("ends without [DONE] and without an error", OPEN + ONCE + STOP),
                breach("choice 0 has no finish_reason", OPEN + ONCE + DONE),
                breach("has no choice", DONE),
                breach("comes after [DONE]", OPEN + STOP + DONE + DONE),
                breach("comes after [DONE]", OPEN + STOP + DONE + ": late\n\n"),
                breach("comes after the error", OPEN + ERROR + DONE),
                breach("comes after the usage", OPEN + STOP + USAGE + ONCE + DONE),
                breach("comes after the usage", OPEN + STOP + USAGE + USAGE + DONE),
                breach("has usage before choice 0 finished", OPEN + USAGE + STOP + DONE),
                breach(
                        "ends inside an event that no blank line dispatches",
                        OPEN + STOP + "data: [DONE]\n"),
                breach("the id changes from c1 to c2", OPEN + STOP.replace("c1", "c2") + DONE),
                breach("has no id", OPEN.replace("c1", "") + STOP + DONE),
                breach(
                        "the model changes from gpt-x to gpt-y",
                        OPEN + STOP.replace("gpt-x", "gpt-y") + DONE),
                breach(
                        "the creation time changes from 7 to 8",
                        OPEN + STOP.replace("\"created\":7", "\"created\":8") + DONE),
                breach(
                        "its object is \"chunk\"",
                        OPEN.replace("chat.completion.chunk", "chunk") + STOP + DONE),
                breach("choice 0 has its role again", OPEN + OPEN + STOP + DONE),
                breach("choice 0 does not open with the role assistant", ONCE + STOP + DONE),
                breach(
                        "choice 1 begins where choice 0 is next",
                        choice(1, "{'role':'assistant'}", "null") + OPEN + STOP + DONE),
                breach("choice 0 goes on after its finish", OPEN + STOP + ONCE + DONE),
                breach("choice 0 finishes twice", OPEN + STOP + STOP + DONE),
                breach(
                        "choice 0 has the finish_reason \"error\"",
                        OPEN + choice(0, "{}", "'error'") + DONE),
                breach(
                        "has usage beside choices",
                        OPEN
                                + data(
                                        HEAD
                                                + "'choices':[{'index':0,'delta':{},"
                                                + "'finish_reason':'stop'}],'usage':"
                                                + usage(2, 1, 3))
                                + DONE),
                breach(
                        "has neither choices nor usage",
                        data(HEAD + "'choices':[]") + OPEN + STOP + DONE),
                breach(
                        "has an error, but is no event: error",
                        OPEN + data(HEAD + "'choices':[],'error':null") + STOP + DONE),
                breach("has the event name 'ping'", OPEN + "event: ping\ndata: {}\n\n" + DONE),
                breach(
                        "its error is no object: {\"error\":\"x\"}",
                        "event: error\ndata: {\"error\":\"x\"}\n\n"),
                breach("is not JSON: {\"a\":", OPEN + "data: {\"a\":\n\n" + STOP + DONE),
                breach("has the unknown field 'error'", OPEN + "error: {}\n\n" + STOP + DONE),
                breach(
                        "tool call 1 of choice 0 begins where tool call 0 is next",
                        OPEN + CALL.replace("\"index\":0,\"id\"", "\"index\":1,\"id\"")),
                breach("tool call 0 of choice 0 has its id again", OPEN + CALL + CALL),
                breach("tool call 0 of choice 0 has its name again", OPEN + CALL + CALL),
                breach(
                        "tool call 1 of choice 0 has the id of another one: t1",
                        OPEN + CALL + CALL.replace("\"index\":0,\"id\"", "\"index\":1,\"id\"")),
                breach("choice 0 has no tool call", OPEN + choice(0, "{}", "'tool_calls'") + DONE),
                breach(
                        "the arguments of t1 are not JSON: {",
                        OPEN
                                + CALL
                                + call("'index':0", "'arguments':'{'")
                                + choice(0, "{}", "'tool_calls'")
                                + DONE),
                breach(
                        "its total_tokens are not the sum: " + usage(2, 1, 4).replace('\'', '"'),
                        OPEN
                                + STOP
                                + data(HEAD + "'choices':[],'usage':" + usage(2, 1, 4))
                                + DONE));
    }

    @Test
    void catchesReasoningUnderTwoNames() {
        assertThat(
                        ChatStreamGrammar.violations(
                                OPEN
                                        + choice(0, "{'reasoning':'a'}", "null")
                                        + choice(0, "{'reasoning_content':'b'}", "null")
                                        + STOP
                                        + DONE))
                .hasSize(2)
                .allMatch(violation -> violation.message().startsWith("reasoning has two names"));
    }

    private static Arguments breach(String rule, String stream) {
        return Arguments.of(rule, stream);
    }

    private static String choice(int index, String delta, String finishReason) {
        return data(
                HEAD
                        + "'choices':[{'index':"
                        + index
                        + ",'delta':"
                        + delta
                        + ",'finish_reason':"
                        + finishReason
                        + "}]");
    }

    private static String call(String members, String function) {
        return choice(
                0, "{'tool_calls':[{" + members + ",'function':{" + function + "}}]}", "null");
    }

    private static String usage(int input, int output, int total) {
        return "{'prompt_tokens':%d,'completion_tokens':%d,'total_tokens':%d}"
                .formatted(input, output, total);
    }

    private static String data(String members) {
        return "data: {" + members.replace('\'', '"') + "}\n\n";
    }
}
