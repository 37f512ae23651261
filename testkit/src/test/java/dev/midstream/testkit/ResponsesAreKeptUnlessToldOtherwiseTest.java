package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Step.Close;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesAreKeptUnlessToldOtherwiseTest {

    private final ScriptedProvider provider =
            ScriptedProvider.start("gpt", Dialect.responses())
                    .answering(Answer.text("Once", " upon"));

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aStreamedResponseIsRetrievedAsItWasAtItsEnd() {
        ResponsesTranscript transcript =
                ResponsesStreamGrammar.check(ask(ResponsesRequests.request("Tell me")));

        JsonNode kept = get("/" + transcript.id(), 200);
        assertThat(kept).isEqualTo(transcript.response());
        assertThat(kept.at("/output/0/content/0/text").asString()).isEqualTo("Once upon");
    }

    @Test
    void aPlainResponseIsRetrievedAsItWasGiven() {
        String given = ask(ResponsesRequests.request("Tell me").put("stream", false));
        assertThat(get("/resp_gpt-1", 200)).isEqualTo(Json.read(given));
    }

    @Test
    void whatWasNotToBeStoredOrBrokeOffIsNotFound() {
        ask(ResponsesRequests.request("Tell me").put("store", false));
        provider.enqueue(Answer.of(new Text("Once"), new Close()));
        ask(ResponsesRequests.request("Tell me"));

        for (String id : List.of("resp_gpt-1", "resp_gpt-2")) {
            assertThat(get("/" + id, 404).toString())
                    .isEqualTo(
                            ResponsesRequests.quoted(
                                            "{'error':{'message':'Response with id @ID@ not"
                                                    + " found.','type':'invalid_request_error',"
                                                    + "'param':null,'code':null}}")
                                    .replace("@ID@", "'" + id + "'"));
            assertThat(objectionTo(following(id), 400))
                    .containsExactly("previous_response_not_found", "previous_response_id");
        }
    }

    @Test
    void whatWasSaidBeforeIsListedLatestFirst() {
        ask(ResponsesRequests.request("Tell me"));
        ask(following("resp_gpt-1"));

        JsonNode list = get("/resp_gpt-2/input_items", 200);
        assertThat(texts(list)).containsExactly("And then?", "Once upon", "Tell me");
        assertThat(list.path("has_more").asBoolean()).isFalse();
        assertThat(texts(get("/resp_gpt-2/input_items?order=asc&limit=2", 200)))
                .containsExactly("Tell me", "Once upon");
        String last = get("/resp_gpt-2/input_items?limit=2", 200).path("last_id").asString();
        assertThat(texts(get("/resp_gpt-2/input_items?after=" + last, 200)))
                .containsExactly("Tell me");
    }

    @Test
    void aDeletedResponseIsGone() {
        ask(ResponsesRequests.request("Tell me"));
        SseClient delete = SseClient.to(ResponsesRequests.url(provider, "/resp_gpt-1")).delete();
        assertThat(ResponsesRequests.textOf(delete))
                .isEqualTo(
                        ResponsesRequests.quoted(
                                "{'id':'resp_gpt-1','object':'response','deleted':true}"));
        get("/resp_gpt-1", 404);
    }

    @Test
    void allAreGoneOnceTheProviderHasForgotten() {
        ask(ResponsesRequests.request("Tell me"));
        provider.forget();
        get("/resp_gpt-1", 404);
    }

    @Test
    void aResponseInTheForegroundIsNeitherCancelledNorResumed() {
        ask(ResponsesRequests.request("Tell me"));
        SseClient cancel =
                SseClient.to(ResponsesRequests.url(provider, "/resp_gpt-1/cancel")).post("");
        assertThat(ResponsesRequests.textOf(cancel)).contains("Cannot cancel a synchronous");
        assertThat(get("/resp_gpt-1?stream=true", 400).at("/error/message").asString())
                .startsWith("This response cannot be streamed");
    }

    @Test
    void reasoningIsTakenBackOnlyByTheProviderThatEncryptedIt() {
        provider.enqueue(Answer.of(new Reasoning("Hm."), new Text("a"), new Finish("stop")));
        ObjectNode request = ResponsesRequests.request("Tell me");
        request.putArray("include").add("reasoning.encrypted_content");
        String own = encryptedIn(ask(request));

        assertThat(status(thinking(own))).isEqualTo(200);
        try (var other = ScriptedProvider.start("other", Dialect.responses())) {
            SseClient client = ResponsesRequests.ask(other, thinking(own));
            assertThat(client.awaitHead().status()).isEqualTo(400);
            assertThat(ResponsesRequests.textOf(client))
                    .contains("\"code\":\"invalid_encrypted_content\"");
        }
    }

    @Test
    void itemsAreReferredToOnlyWhereTheyAreKept() {
        ask(ResponsesRequests.request("Tell me"));
        String reference = "{'type':'item_reference','id':'msg_gpt-1-0'}";
        assertThat(status(ResponsesRequests.items(reference))).isEqualTo(200);
        assertThat(objectionTo(ResponsesRequests.items(reference.replace("-0", "-9")), 404))
                .containsExactly("null", "input");
        assertThat(
                        objectionTo(
                                ResponsesRequests.items(
                                        "{'type':'reasoning','id':'rs_x','summary':[]}"),
                                404))
                .containsExactly("null", "input");
    }

    @Test
    void callsAndTheirOutputsNeedEachOtherAcrossResponsesToo() {
        String output = "{'type':'function_call_output','call_id':'call_1','output':'x'}";
        assertThat(messageOf(ResponsesRequests.items(output)))
                .isEqualTo("No tool call found for function call output with call_id call_1.");
        provider.enqueue(
                Answer.of(
                        new ToolCall("call_1", "read", "{}"),
                        new Finish("tool_calls"),
                        new Done()));
        String id = ResponsesStreamGrammar.check(ask(ResponsesRequests.request("Read"))).id();

        assertThat(messageOf(following(id)))
                .isEqualTo("No tool output found for function call call_1.");
        assertThat(status(ResponsesRequests.items(output).put("previous_response_id", id)))
                .isEqualTo(200);
        String call = "{'type':'function_call','call_id':'call_1','name':'f','arguments':'{}'}";
        assertThat(status(ResponsesRequests.items(call, output))).isEqualTo(200);
    }

    private static ObjectNode following(String id) {
        return ResponsesRequests.request("And then?").put("previous_response_id", id);
    }

    private static ObjectNode thinking(String encrypted) {
        return ResponsesRequests.items(
                "{'role':'user','content':'Tell me'}",
                "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'"
                        + encrypted
                        + "'}",
                "{'role':'user','content':'And then?'}");
    }

    private static String encryptedIn(String stream) {
        return stream.lines()
                .filter(line -> line.contains("response.output_item.done"))
                .filter(line -> line.startsWith("data:"))
                .map(line -> Json.read(line.substring("data: ".length())))
                .map(data -> data.at("/item/encrypted_content").asString(""))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false)
                .map(item -> item.path("content").path(0).path("text").asString())
                .toList();
    }

    private String ask(ObjectNode request) {
        return ResponsesRequests.textOf(ResponsesRequests.ask(provider, request));
    }

    private int status(ObjectNode request) {
        try (SseClient client = ResponsesRequests.ask(provider, request)) {
            return client.awaitHead().status();
        }
    }

    private JsonNode get(String below, int status) {
        SseClient client = ResponsesRequests.get(provider, below);
        assertThat(client.awaitHead().status()).isEqualTo(status);
        return Json.read(ResponsesRequests.textOf(client));
    }

    /** Code and param of the error. */
    private List<String> objectionTo(ObjectNode request, int status) {
        SseClient client = ResponsesRequests.ask(provider, request);
        assertThat(client.awaitHead().status()).isEqualTo(status);
        JsonNode error = Json.read(ResponsesRequests.textOf(client)).path("error");
        return List.of(error.path("code").asString("null"), error.path("param").asString("null"));
    }

    private String messageOf(ObjectNode request) {
        return Json.read(ask(request)).at("/error/message").asString();
    }
}
