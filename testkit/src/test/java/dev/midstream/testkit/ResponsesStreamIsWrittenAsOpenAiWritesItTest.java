package dev.midstream.testkit;

import static dev.midstream.testkit.ResponsesRequests.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Refusal;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesStreamIsWrittenAsOpenAiWritesItTest {

    private static final Answer TURN =
            Answer.of(
                    new Reasoning("Hm."),
                    new Text("Once"),
                    new Text(" upon"),
                    new ToolCall("call_1", "read", "{\"a", "\":1}"),
                    new Finish("tool_calls"),
                    new Usage(12, 7, 4, 2),
                    new Done());

    private static final String THOUGHT =
            "{'id':'rs_gpt-1-0','type':'reasoning','summary':[{'type':'summary_text','text':'Hm.'}]}";
    private static final String PART =
            "{'type':'output_text','text':'Once upon','annotations':[],'logprobs':[]}";
    private static final String MESSAGE =
            "{'id':'msg_gpt-1-1','type':'message','status':'completed','role':'assistant',"
                    + "'content':["
                    + PART
                    + "]}";
    private static final String CALL =
            "{'id':'fc_gpt-1-2','type':'function_call','status':'completed','arguments':"
                    + "'{\\\"a\\\":1}','call_id':'call_1','name':'read'}";
    private static final String USAGE =
            "{'input_tokens':12,'input_tokens_details':{'cached_tokens':4,'cache_write_tokens':0},"
                    + "'output_tokens':7,'output_tokens_details':{'reasoning_tokens':2},"
                    + "'total_tokens':19}";

    @Test
    void announcesTellsAndClosesEachItemAndRepeatsAllOfItAtTheEnd() {
        String thought = "'item_id':'rs_gpt-1-0','output_index':0,'summary_index':0,";
        String text = "'item_id':'msg_gpt-1-1','output_index':1,'content_index':0,";
        String call = "'item_id':'fc_gpt-1-2','output_index':2,";
        assertThat(ResponsesRequests.stream(Dialect.responses(), TURN))
                .isEqualTo(
                        events(
                                "response.created|'response':" + response("in_progress", ""),
                                "response.in_progress|'response':" + response("in_progress", ""),
                                "response.output_item.added|'output_index':0,'item':{'id':"
                                        + "'rs_gpt-1-0','type':'reasoning','summary':[]}",
                                "response.reasoning_summary_part.added|"
                                        + thought
                                        + "'part':{'type':'summary_text','text':''}",
                                "response.reasoning_summary_text.delta|"
                                        + thought
                                        + "'delta':'Hm.'",
                                "response.reasoning_summary_text.done|" + thought + "'text':'Hm.'",
                                "response.reasoning_summary_part.done|"
                                        + thought
                                        + "'part':{'type':'summary_text','text':'Hm.'}",
                                "response.output_item.done|'output_index':0,'item':" + THOUGHT,
                                "response.output_item.added|'output_index':1,'item':{'id':"
                                        + "'msg_gpt-1-1','type':'message','status':'in_progress',"
                                        + "'role':'assistant','content':[]}",
                                "response.content_part.added|"
                                        + text
                                        + "'part':{'type':'output_text','text':'',"
                                        + "'annotations':[],'logprobs':[]}",
                                "response.output_text.delta|"
                                        + text
                                        + "'delta':'Once','logprobs':[]",
                                "response.output_text.delta|"
                                        + text
                                        + "'delta':' upon','logprobs':[]",
                                "response.output_text.done|"
                                        + text
                                        + "'text':'Once upon','logprobs':[]",
                                "response.content_part.done|" + text + "'part':" + PART,
                                "response.output_item.done|'output_index':1,'item':" + MESSAGE,
                                "response.output_item.added|'output_index':2,'item':{'id':"
                                        + "'fc_gpt-1-2','type':'function_call','status':"
                                        + "'in_progress','arguments':'','call_id':'call_1',"
                                        + "'name':'read'}",
                                "response.function_call_arguments.delta|"
                                        + call
                                        + "'delta':'{\\\"a'",
                                "response.function_call_arguments.delta|"
                                        + call
                                        + "'delta':'\\\":1}'",
                                "response.function_call_arguments.done|"
                                        + call
                                        + "'name':'read','arguments':'{\\\"a\\\":1}'",
                                "response.output_item.done|'output_index':2,'item':" + CALL,
                                "response.completed|'response':"
                                        + response(
                                                        "completed",
                                                        THOUGHT + "," + MESSAGE + "," + CALL)
                                                .replace("'usage':null", "'usage':" + USAGE)));
    }

    @Test
    void givesTheSameScriptAsOneDocumentToWhoDoesNotAskForAStream() {
        ObjectNode plain = ResponsesRequests.request("Tell me").put("stream", false);
        assertThat(ResponsesRequests.stream(Dialect.responses(), TURN, plain))
                .isEqualTo(
                        quoted(
                                response("completed", THOUGHT + "," + MESSAGE + "," + CALL)
                                        .replace("'usage':null", "'usage':" + USAGE)));
    }

    @Test
    void tellsARefusalInAPartOfItsOwn() {
        String stream =
                ResponsesRequests.stream(
                        Dialect.responses(),
                        Answer.of(new Text("Well."), new Refusal("No."), new Finish("stop")));
        assertThat(stream)
                .contains(quoted("'content_index':1,'part':{'type':'refusal','refusal':''}"))
                .contains(quoted("'content_index':1,'delta':'No.'}"))
                .contains("event: response.refusal.done")
                .endsWith(quoted("{'type':'refusal','refusal':'No.'}]}}\n\n"));
    }

    @Test
    void endsIncompleteWithTheReasonAndTheItemThatWasCutShort() {
        JsonNode length = lastOf(Answer.of(new Text("Once"), new Finish("length"), new Done()));
        assertThat(length.path("type").asString()).isEqualTo("response.incomplete");
        assertThat(length.at("/response/incomplete_details/reason").asString())
                .isEqualTo("max_output_tokens");
        assertThat(length.at("/response/output/0/status").asString()).isEqualTo("incomplete");
        assertThat(length.at("/response/usage/output_tokens").asInt()).isOne();
        assertThat(
                        lastOf(Answer.of(new Finish("content_filter"), new Done()))
                                .at("/response/incomplete_details/reason")
                                .asString())
                .isEqualTo("content_filter");
    }

    @Test
    void writesAnInBandErrorNestedAndThenFails() {
        String stream = failing(Dialect.responses());
        assertThat(stream)
                .contains(
                        quoted(
                                "event: error\ndata: {'type':'error','sequence_number':5,'error':"
                                        + "{'type':'server_error','code':'rate_limit_exceeded',"
                                        + "'message':'Busy','param':null}}\n\n"));
        JsonNode failed = last(stream);
        assertThat(failed.path("type").asString()).isEqualTo("response.failed");
        assertThat(failed.path("sequence_number").asInt()).isEqualTo(6);
        assertThat(failed.at("/response/status").asString()).isEqualTo("failed");
        assertThat(failed.at("/response/error").toString())
                .isEqualTo(quoted("{'code':'rate_limit_exceeded','message':'Busy'}"));
    }

    @Test
    void writesAnInBandErrorInOtherWaysWhereAskedTo() {
        assertThat(
                        failing(
                                Dialect.responses(
                                        ResponsesQuirk.ERROR_FLAT, ResponsesQuirk.ERROR_ALONE)))
                .endsWith(
                        quoted(
                                "{'type':'error','sequence_number':5,'code':'rate_limit_exceeded',"
                                        + "'message':'Busy','param':null}\n\n"));
        assertThat(failing(Dialect.responses(ResponsesQuirk.FAILED_WITHOUT_ERROR)))
                .doesNotContain("event: error")
                .contains("event: response.failed");
    }

    @Test
    void failsWhereTheFinishReasonSaysSo() {
        Answer answer = Answer.of(new Text("Once"), new Finish("failed"), new Done());
        assertThat(lastOf(answer).at("/response/error/code").asString()).isEqualTo("server_error");
        ObjectNode plain = ResponsesRequests.request("Tell me").put("stream", false);
        String document = ResponsesRequests.stream(Dialect.responses(), answer, plain);
        assertThat(Json.read(document).path("status").asString()).isEqualTo("failed");
    }

    @Test
    void answersAPlainRequestWithTheHttpTwinOfAnInBandError() {
        ObjectNode plain = ResponsesRequests.request("Tell me").put("stream", false);
        assertThat(
                        ResponsesRequests.stream(
                                Dialect.responses(),
                                Answer.of(new InBandError(503, "server_error", "Gone")),
                                plain))
                .isEqualTo(
                        quoted(
                                "{'error':{'message':'Gone','type':'server_error','param':null,"
                                        + "'code':null}}"));
    }

    @Test
    void encryptsReasoningForItselfWhereAskedTo() {
        ObjectNode request = ResponsesRequests.request("Tell me");
        request.putArray("include").add("reasoning.encrypted_content");
        String stream = ResponsesRequests.stream(Dialect.responses(), TURN, request);
        assertThat(stream)
                .contains(quoted("'summary':[],'encrypted_content':'gAAAAAB'}"))
                .contains(
                        quoted(
                                "'summary':[{'type':'summary_text','text':'Hm.'}],"
                                        + "'encrypted_content':'gAAAAAB-gpt-1-0'}"));
    }

    @Test
    void repeatsWhatTheRequestAskedFor() {
        ObjectNode request = ResponsesRequests.request("Tell me");
        request.put("instructions", "Be brief").put("max_output_tokens", 9).put("temperature", 0.5);
        request.putObject("metadata").put("trace", "t1");
        JsonNode response =
                last(ResponsesRequests.stream(Dialect.responses(), TURN, request)).path("response");
        assertThat(response.path("instructions").asString()).isEqualTo("Be brief");
        assertThat(response.path("max_output_tokens").asInt()).isEqualTo(9);
        assertThat(response.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(response.at("/metadata/trace").asString()).isEqualTo("t1");
    }

    @Test
    void servesAzuresPaths() {
        try (var provider = ScriptedProvider.start("azure", Dialect.responses())) {
            provider.answering(TURN);
            for (String path :
                    List.of("/openai/v1/responses", "/openai/responses?api-version=preview")) {
                URI url = URI.create(provider.origin() + path);
                String json = Json.write(ResponsesRequests.request("Tell me"));
                String stream = ResponsesRequests.textOf(SseClient.post(url, json));
                assertThat(ResponsesStreamGrammar.check(stream).text()).isEqualTo("Once upon");
            }
            URI unversioned = URI.create(provider.origin() + "/openai/responses");
            assertThat(
                            ResponsesRequests.textOf(
                                    SseClient.post(
                                            unversioned,
                                            Json.write(ResponsesRequests.request("Tell me")))))
                    .contains("Resource not found");
        }
    }

    private static String failing(Dialect dialect) {
        return ResponsesRequests.stream(
                dialect,
                Answer.of(
                        new Text("Once"),
                        new InBandError(429, "server_error", "Busy", "rate_limit_exceeded")));
    }

    private static JsonNode lastOf(Answer answer) {
        return last(ResponsesRequests.stream(Dialect.responses(), answer));
    }

    private static JsonNode last(String stream) {
        return Json.read(stream.substring(stream.lastIndexOf("data: ") + "data: ".length()));
    }

    private static String response(String status, String output) {
        return "{'id':'resp_gpt-1','object':'response','created_at':1770000001,'status':'"
                + status
                + "','background':false,'error':null,'incomplete_details':null,"
                + "'instructions':null,'max_output_tokens':null,'model':'gpt-x','output':["
                + output
                + "],'parallel_tool_calls':true,'previous_response_id':null,'reasoning':"
                + "{'effort':null,'summary':null},'store':true,'temperature':1.0,'text':"
                + "{'format':{'type':'text'}},'tool_choice':'auto','tools':[],'top_p':1.0,"
                + "'truncation':'disabled','usage':null,'metadata':{}}";
    }

    /** The events of these names and members, which stand apart by a bar, numbered. */
    private static String events(String... events) {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < events.length; i++) {
            String[] halves = events[i].split("\\|", 2);
            String json =
                    "{'type':'" + halves[0] + "','sequence_number':" + i + "," + halves[1] + "}";
            stream.append("event: " + halves[0] + "\ndata: " + quoted(json) + "\n\n");
        }
        return stream.toString();
    }
}
