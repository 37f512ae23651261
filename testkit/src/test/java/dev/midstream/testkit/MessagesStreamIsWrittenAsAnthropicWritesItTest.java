package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MessagesStreamIsWrittenAsAnthropicWritesItTest {

    private static final Answer TURN =
            Answer.of(
                    new Reasoning("Hm."),
                    new Text("Once"),
                    new Text(" upon"),
                    new ToolCall("toolu_1", "read", "{\"a", "\":1}"),
                    new Finish("tool_calls"),
                    new Usage(12, 7, 4, 2),
                    new Done());

    @Test
    void namesEachEventAndStartsAndStopsEachBlock() {
        assertThat(MessagesRequests.stream(Dialect.messages(), TURN))
                .isEqualTo(
                        String.join(
                                "",
                                event(
                                        "message_start",
                                        "'message':{'id':'msg_claude-1','type':'message','role':"
                                                + "'assistant','model':'claude-x','content':[],"
                                                + "'stop_reason':null,'stop_sequence':null,"
                                                + "'usage':{'input_tokens':8,"
                                                + "'cache_creation_input_tokens':0,"
                                                + "'cache_read_input_tokens':4,'output_tokens':1,"
                                                + "'service_tier':'standard'}}"),
                                start(0, "'type':'thinking','thinking':'','signature':''"),
                                event("ping", ""),
                                delta(0, "'type':'thinking_delta','thinking':'Hm.'"),
                                delta(0, "'type':'signature_delta','signature':'sig_claude-1-0'"),
                                event("content_block_stop", "'index':0"),
                                start(1, "'type':'text','text':''"),
                                delta(1, "'type':'text_delta','text':'Once'"),
                                delta(1, "'type':'text_delta','text':' upon'"),
                                event("content_block_stop", "'index':1"),
                                start(
                                        2,
                                        "'type':'tool_use','id':'toolu_1','name':'read','input':{}"),
                                delta(2, "'type':'input_json_delta','partial_json':''"),
                                delta(2, "'type':'input_json_delta','partial_json':'{\\\"a'"),
                                delta(2, "'type':'input_json_delta','partial_json':'\\\":1}'"),
                                event("content_block_stop", "'index':2"),
                                event(
                                        "message_delta",
                                        "'delta':{'stop_reason':'tool_use','stop_sequence':null},"
                                                + "'usage':{'input_tokens':8,"
                                                + "'cache_creation_input_tokens':0,"
                                                + "'cache_read_input_tokens':4,"
                                                + "'output_tokens':7}"),
                                event("message_stop", "")));
    }

    @Test
    void writesAnInBandErrorAsAnEventWithTheEnvelopeOfAnHttpError() {
        assertThat(
                        MessagesRequests.stream(
                                Dialect.messages(),
                                Answer.of(
                                        new Text("Once"),
                                        new InBandError(529, "overloaded_error", "Overloaded"))))
                .endsWith(
                        event(
                                "error",
                                "'error':{'type':'overloaded_error','message':'Overloaded'},"
                                        + "'request_id':'req_claude-1'"));
    }

    @Test
    void givesTheSameScriptAsOneDocumentToWhoDoesNotAskForAStream() {
        try (var provider = ScriptedProvider.start("claude", Dialect.messages())) {
            provider.enqueue(TURN);
            ObjectNode plain = MessagesRequests.request("user", "Tell me").put("stream", false);

            assertThat(MessagesRequests.textOf(MessagesRequests.ask(provider, plain)))
                    .isEqualTo(
                            quoted(
                                    "{'id':'msg_claude-1','type':'message','role':'assistant',"
                                            + "'model':'claude-x','content':[{'type':'thinking',"
                                            + "'thinking':'Hm.','signature':'sig_claude-1-0'},"
                                            + "{'type':'text','text':'Once upon'},{'type':"
                                            + "'tool_use','id':'toolu_1','name':'read','input':"
                                            + "{'a':1}}],'stop_reason':'tool_use',"
                                            + "'stop_sequence':null,'usage':{'input_tokens':8,"
                                            + "'cache_creation_input_tokens':0,"
                                            + "'cache_read_input_tokens':4,'output_tokens':7}}"));
        }
    }

    @Test
    void servesTheMethodsOfVertexAi() {
        try (var provider = ScriptedProvider.start("vertex", Dialect.messages())) {
            provider.enqueue(Answer.text("Once"), Answer.text("Once"));
            ObjectNode request =
                    MessagesRequests.vertex(MessagesRequests.request("user", "Tell me"));

            MessagesTranscript transcript =
                    MessagesStreamGrammar.check(
                            MessagesRequests.textOf(
                                    MessagesRequests.askVertex(
                                            provider, "streamRawPredict", request)));
            assertThat(transcript.text()).isEqualTo("Once");
            assertThat(transcript.model()).isEqualTo("claude-x@20250929");
            assertThat(
                            MessagesRequests.textOf(
                                    MessagesRequests.askVertex(
                                            provider, "rawPredict", request.put("stream", false))))
                    .startsWith("{\"id\":\"msg_vertex-2\"");
        }
    }

    @Test
    void refusesWhatTheRealProviderWouldRefuse() {
        ObjectNode good = MessagesRequests.request("user", "Tell me");
        ObjectNode noLimit = good.deepCopy();
        noLimit.remove("max_tokens");

        assertThat(objectionTo(noLimit)).isEqualTo("max_tokens: Field required");
        assertThat(objectionTo(MessagesRequests.request()))
                .isEqualTo("messages: at least one message is required");
        assertThat(objectionTo(MessagesRequests.request("system", "Be kind")))
                .isEqualTo("messages.0.role: Input should be 'user' or 'assistant'");
        assertThat(objectionTo(MessagesRequests.request("user", "")))
                .isEqualTo("messages: text content blocks must be non-empty");
        assertThat(objectionTo(MessagesRequests.request("user", "a", "assistant", "b ")))
                .isEqualTo("messages: final assistant content cannot end with trailing whitespace");
        assertThat(objectionTo(MessagesRequests.vertex(good))).isEqualTo("model: Field required");
    }

    @Test
    void vertexAiRefusesAModelInTheBodyAndAStreamByTheWrongMethod() {
        ObjectNode own = MessagesRequests.request("user", "Tell me");
        ObjectNode right = MessagesRequests.vertex(own.deepCopy());
        try (var provider = ScriptedProvider.start(Dialect.messages())) {
            assertThat(
                            List.of(
                                    messageOf(
                                            MessagesRequests.askVertex(
                                                    provider, "streamRawPredict", own)),
                                    messageOf(
                                            MessagesRequests.askVertex(
                                                    provider, "rawPredict", right))))
                    .satisfiesExactly(
                            first ->
                                    assertThat(first)
                                            .isEqualTo("model: Extra inputs are not permitted"),
                            second -> assertThat(second).startsWith("stream: does not fit"));
        }
    }

    @Test
    void writesErrorsBeforeTheStreamInGooglesEnvelopeWhereAskedTo() {
        Answer error = Answer.error(429, "RESOURCE_EXHAUSTED", "Quota");
        String google = "{'error':{'code':429,'message':'Quota','status':'RESOURCE_EXHAUSTED'}}";
        assertThat(MessagesRequests.stream(Dialect.messages(MessagesQuirk.GOOGLE_ERRORS), error))
                .isEqualTo(quoted(google));
        assertThat(
                        MessagesRequests.stream(
                                Dialect.messages(MessagesQuirk.GOOGLE_ERRORS_IN_ARRAY), error))
                .isEqualTo(quoted("[" + google + "]"));
    }

    private static String objectionTo(ObjectNode request) {
        try (var provider = ScriptedProvider.start(Dialect.messages())) {
            return messageOf(MessagesRequests.ask(provider, request));
        }
    }

    private static String messageOf(SseClient client) {
        assertThat(client.awaitHead().status()).isEqualTo(400);
        return Json.read(MessagesRequests.textOf(client)).path("error").path("message").asString();
    }

    private static String start(int index, String block) {
        return event(
                "content_block_start", "'index':" + index + ",'content_block':{" + block + "}");
    }

    private static String delta(int index, String delta) {
        return event("content_block_delta", "'index':" + index + ",'delta':{" + delta + "}");
    }

    private static String event(String name, String members) {
        String more = members.isEmpty() ? "" : "," + members;
        return "event: %s\ndata: %s\n\n"
                .formatted(name, quoted("{'type':'" + name + "'" + more + "}"));
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
