package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesRequestsAreRefusedAsOpenAiRefusesThemTest {

    private static final String USER = "{'role':'user','content':'Tell me'}";

    @ParameterizedTest
    @CsvSource({"model", "input"})
    void whatIsRequiredAndMissing(String member) {
        ObjectNode request = ResponsesRequests.request("Tell me");
        request.remove(member);
        JsonNode error = refusalOf(request);
        assertThat(error.path("message").asString())
                .isEqualTo("Missing required parameter: '" + member + "'.");
        assertThat(error.path("param").asString()).isEqualTo(member);
        assertThat(error.path("code").asString()).isEqualTo("missing_required_parameter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "input[1] | invalid_value | {'type':'telepathy'}",
                "input[1] | invalid_value | {}",
                "input[1].role | invalid_value | {'role':'tool','content':'x'}",
                "input[1].content | missing_required_parameter | {'role':'user'}",
                "input[1].content[0] | invalid_value"
                        + " | {'role':'user','content':[{'type':'output_text','text':'x'}]}",
                "input[1].content[1] | invalid_value | {'role':'assistant','content':"
                        + "[{'type':'output_text','text':'x'},{'type':'input_text','text':'x'}]}",
                "input[1].call_id | missing_required_parameter"
                        + " | {'type':'function_call','name':'f','arguments':'{}'}",
                "input[1].output | missing_required_parameter"
                        + " | {'type':'function_call_output','call_id':'c'}",
                "input[1].summary | missing_required_parameter | {'type':'reasoning'}",
                "input[1].id | missing_required_parameter | {'type':'item_reference'}"
            })
    void itemsThatAreNoneWithTheirPath(String param, String code, String item) {
        JsonNode error = refusalOf(ResponsesRequests.items(USER, item));
        assertThat(error.path("param").asString()).isEqualTo(param);
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    }

    @Test
    void itemsOfEveryKindAreTaken() {
        ObjectNode request =
                ResponsesRequests.items(
                        "{'role':'developer','content':'Be brief'}",
                        "{'type':'message','role':'user','content':["
                                + "{'type':'input_text','text':'x'},"
                                + "{'type':'input_image','image_url':'data:'},"
                                + "{'type':'input_file','file_data':'data:'}]}",
                        "{'type':'message','role':'assistant','content':["
                                + "{'type':'output_text','text':'x'},"
                                + "{'type':'refusal','refusal':'x'}]}",
                        "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}",
                        "{'type':'function_call_output','call_id':'c','output':'x'}",
                        "{'type':'web_search_call','id':'ws_1','status':'completed'}");
        try (var provider = ScriptedProvider.start(Dialect.responses())) {
            provider.enqueue(Answer.text("Once"));
            String stream = ResponsesRequests.textOf(ResponsesRequests.ask(provider, request));
            assertThat(ResponsesStreamGrammar.check(stream).text()).isEqualTo("Once");
        }
    }

    @Test
    void pathsOfOtherProtocols() {
        try (var provider = ScriptedProvider.start(Dialect.responses())) {
            URI chat = URI.create(provider.baseUrl() + "/chat/completions");
            SseClient client = SseClient.post(chat, "{}");
            assertThat(client.awaitHead().status()).isEqualTo(404);
        }
    }

    private static JsonNode refusalOf(ObjectNode request) {
        try (var provider = ScriptedProvider.start(Dialect.responses())) {
            SseClient client = ResponsesRequests.ask(provider, request);
            assertThat(client.awaitHead().status()).isEqualTo(400);
            return Json.read(ResponsesRequests.textOf(client)).path("error");
        }
    }
}
