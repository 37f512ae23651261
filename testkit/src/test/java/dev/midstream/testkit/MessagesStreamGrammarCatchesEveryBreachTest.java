package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.GrammarViolation.Violation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesStreamGrammarCatchesEveryBreachTest {

    private static final String BEGIN =
            event(
                    "message_start",
                    "'message':{'id':'m1','type':'message','role':'assistant','model':'claude-x',"
                            + "'content':[],'stop_reason':null,'usage':{'input_tokens':5,"
                            + "'output_tokens':7}}");
    private static final String TEXT = start(0, "'type':'text','text':''");
    private static final String ONCE = delta(0, "'type':'text_delta','text':'Once'");
    private static final String STOP = stop(0);
    private static final String TOOL =
            start(0, "'type':'tool_use','id':'t1','name':'read','input':{}");
    private static final String INPUT = delta(0, "'type':'input_json_delta','partial_json':'{}'");
    private static final String THINK = start(0, "'type':'thinking','thinking':'','signature':''");
    private static final String SIGN = delta(0, "'type':'signature_delta','signature':'s'");
    private static final String TURN = finish("end_turn", 3);
    private static final String END = event("message_stop", "");
    private static final String PING = event("ping", "");
    private static final String ERROR =
            event("error", "'error':{'type':'overloaded_error','message':'Later'}");

    @Test
    void passesAWholeStreamAndReadsIt() {
        MessagesTranscript transcript =
                MessagesStreamGrammar.check(
                        BEGIN
                                + ": wait\n\n"
                                + THINK
                                + PING
                                + delta(0, "'type':'thinking_delta','thinking':'Hm'")
                                + SIGN
                                + STOP
                                + at(1, TEXT + ONCE + STOP)
                                + at(2, TOOL + INPUT + STOP)
                                + finish("tool_use", 3)
                                + END);

        assertThat(transcript.id()).isEqualTo("m1");
        assertThat(transcript.model()).isEqualTo("claude-x");
        assertThat(transcript.blocks())
                .containsExactly(
                        new MessagesTranscript.Thinking("Hm", "s"),
                        new MessagesTranscript.Text("Once"),
                        new MessagesTranscript.ToolUse("t1", "read", "{}"));
        assertThat(transcript.stopReason()).isEqualTo("tool_use");
        assertThat(transcript.usage()).isEqualTo(new MessagesTranscript.Usage(5, 3));
        assertThat(transcript.pings()).isOne();
        assertThat(transcript.comments()).containsExactly("wait");
    }

    @Test
    void passesAStreamThatEndsInAnError() {
        MessagesTranscript transcript = MessagesStreamGrammar.check(BEGIN + TEXT + ONCE + ERROR);

        assertThat(transcript.text()).isEqualTo("Once");
        assertThat(transcript.error())
                .extracting(StreamError::type, StreamError::message)
                .containsExactly("overloaded_error", "Later");
    }

    @Test
    void saysWhereAndWhatIsWrongAndShowsTheStream() {
        assertThatThrownBy(() -> MessagesStreamGrammar.check(BEGIN + BEGIN + TURN + END))
                .isInstanceOf(GrammarViolation.class)
                .hasMessageContaining("item 2: message_start comes again")
                .hasMessageContaining("event: message_stop");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void namesTheBrokenRule(String rule, String stream) {
        assertThat(MessagesStreamGrammar.violations(stream))
                .extracting(Violation::message)
                .contains(rule);
    }

    static Stream<Arguments> breaches() {
        String text = TEXT + ONCE + STOP;
        return Stream.of(
                breach("ends without message_stop and without an error", BEGIN + text + TURN),
                breach("has no stop_reason", BEGIN + text + END),
                breach("has no message_start", PING),
                breach("content_block_start comes before message_start", text),
                breach("message_start comes again", BEGIN + BEGIN + TURN + END),
                breach("comes after message_stop", BEGIN + TURN + END + PING),
                breach("comes after the error", BEGIN + ERROR + END),
                breach("the message has no id", BEGIN.replace("m1", "") + TURN + END),
                breach(
                        "the message does not start with a null stop_reason",
                        BEGIN.replace("null", "\"end_turn\"") + TURN + END),
                breach("block 1 starts where block 0 is next", BEGIN + at(1, text) + TURN + END),
                breach("block 0 starts where block 1 is next", BEGIN + text + text + TURN + END),
                breach("block 1 starts inside another one", BEGIN + TEXT + at(1, text) + END),
                breach("block 0 is not stopped", BEGIN + TEXT + ONCE + TURN + END),
                breach("block 0 starts after message_delta", BEGIN + TURN + text + END),
                breach("a delta is for block 0, which is not open", BEGIN + ONCE + TURN + END),
                breach("a stop is for block 0, which is not open", BEGIN + text + STOP + END),
                breach("block 0 is text and has a input_json_delta", BEGIN + TEXT + INPUT),
                breach("block 0 is thinking and has a text_delta", BEGIN + THINK + ONCE),
                breach("block 0 goes on after its signature", BEGIN + THINK + SIGN + SIGN),
                breach("block 0 stops without an input_json_delta", BEGIN + TOOL + STOP),
                breach("block 0 has no id", BEGIN + TOOL.replace("t1", "") + INPUT + STOP),
                breach(
                        "block 1 has the id of another one: t1",
                        BEGIN + TOOL + INPUT + STOP + at(1, TOOL + INPUT + STOP)),
                breach(
                        "the input of block 0 is not JSON: {",
                        BEGIN
                                + TOOL
                                + INPUT.replace("{}", "{")
                                + STOP
                                + finish("tool_use", 3)
                                + END),
                breach(
                        "has the stop_reason tool_use and no tool_use block",
                        BEGIN + finish("tool_use", 3) + END),
                breach("has the stop_reason \"stop\"", BEGIN + finish("stop", 3) + END),
                breach("the stop_reason comes again", BEGIN + TURN + TURN + END),
                breach(
                        "output_tokens fall from 3 to 2",
                        BEGIN + TURN + finish("end_turn", 2) + END),
                breach(
                        "is called 'ping' and has the type \"pong\"",
                        BEGIN + PING.replace("\"ping\"", "\"pong\"") + TURN + END),
                breach("has the unknown event name 'pong'", BEGIN + event("pong", "") + END),
                breach("has the unknown event name ''", BEGIN + "data: {\"type\":\"\"}\n\n"),
                breach("its error has no message", BEGIN + ERROR.replace("Later", "")),
                breach("is not JSON: {", BEGIN + "event: ping\ndata: {\n\n" + TURN + END));
    }

    private static Arguments breach(String rule, String stream) {
        return Arguments.of(rule, stream);
    }

    private static String at(int index, String blocks) {
        return blocks.replace("\"index\":0", "\"index\":" + index);
    }

    private static String start(int index, String block) {
        return event(
                "content_block_start", "'index':" + index + ",'content_block':{" + block + "}");
    }

    private static String delta(int index, String delta) {
        return event("content_block_delta", "'index':" + index + ",'delta':{" + delta + "}");
    }

    private static String stop(int index) {
        return event("content_block_stop", "'index':" + index);
    }

    private static String finish(String stopReason, int output) {
        return event(
                "message_delta",
                "'delta':{'stop_reason':'"
                        + stopReason
                        + "','stop_sequence':null},'usage':{'output_tokens':"
                        + output
                        + "}");
    }

    private static String event(String name, String members) {
        String more = members.isEmpty() ? "" : "," + members;
        String json = "{'type':'" + name + "'" + more + "}";
        return "event: " + name + "\ndata: " + json.replace('\'', '"') + "\n\n";
    }
}
