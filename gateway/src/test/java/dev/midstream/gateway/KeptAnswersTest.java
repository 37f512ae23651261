package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.ResponsesTranscript;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the Responses API: kept by a provider, kept here, and taken up again. */
final class KeptAnswersTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TWO =
            """
            model_list:
              - model_name: keeps
                litellm_params: {model: openai/gpt-5, api_base: os.environ/KEEPER, api_key: sk-keeper}
                model_info: {continuation: resume}
              - model_name: forgets
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_base: os.environ/OTHER, api_key: sk-other}
            router_settings:
              fallbacks: [{keeps: [forgets]}]
              cooldown_time: 0
              num_retries: 0
            """;

    private final ScriptedProvider keeper = ScriptedProvider.start("keeper", Dialect.responses());
    private final ScriptedProvider other = ScriptedProvider.start("other", Dialect.messages());
    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = started(GatewayOptions.DEFAULTS);
    }

    private Gateway started(GatewayOptions options) {
        Map<String, String> environment =
                Map.of(
                        "KEEPER", keeper.baseUrl().toString(),
                        "OTHER", other.baseUrl().toString());
        return Gateway.start(
                options.drainingFor(Duration.ofMillis(100)),
                read(environment).router(),
                RequestLog.json(line -> {}));
    }

    private static Configuration read(Map<String, String> environment) {
        try {
            return new ConfigurationReader(environment::get, KeptAnswersTest::noFile)
                    .read("config.yaml", TWO);
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    private static String noFile(String path) throws IOException {
        throw new IOException("no files here: " + path);
    }

    @AfterEach
    void stop() {
        gateway.close();
        keeper.close();
        other.close();
    }

    // ------------------------------------------------------------------------- kept by a provider

    @Test
    void anIdLeadsBackToItsProviderAndTellsNothing() {
        keeper.enqueue(Answer.text("Blue."));
        JsonNode first = plain("keeps", "My colour?", "");
        String id = first.path("id").asString();
        assertThat(id).startsWith("resp_").doesNotContain("keeper");
        JsonNode fetched = get("/v1/responses/" + id, 200);
        assertThat(fetched.path("id").asString()).isEqualTo(id);
        assertThat(fetched.at("/output/0/content/0/text").asString()).isEqualTo("Blue.");
        assertThat(get("/v1/responses/" + id + "/input_items", 200).at("/data/0/role").asString())
                .isEqualTo("user");
        keeper.enqueue(Answer.text("Still blue."));
        JsonNode second = plain("keeps", "Sure?", ",\"previous_response_id\":\"" + id + "\"");
        assertThat(second.at("/output/0/content/0/text").asString()).isEqualTo("Still blue.");
        RecordedRequest asked = keeper.requests().getLast();
        assertThat(asked.json().path("previous_response_id").asString()).startsWith("resp_keeper");
        assertThat(second.path("previous_response_id").asString()).isEqualTo(id);
        assertThat(delete("/v1/responses/" + id).path("deleted").asBoolean()).isTrue();
        assertThat(get("/v1/responses/" + id, 404).at("/error/message").asString())
                .contains("not found");
    }

    @Test
    void anotherReplicaReadsTheSameId() {
        keeper.enqueue(Answer.text("Blue."));
        String id = plain("keeps", "My colour?", "").path("id").asString();
        try (Gateway replica = started(GatewayOptions.DEFAULTS)) {
            SseClient client = SseClient.to(replica.baseUrl().resolve("/v1/responses/" + id)).get();
            client.awaitEnd();
            assertThat(JSON.readTree(client.text()).path("id").asString()).isEqualTo(id);
        }
    }

    @Test
    void anotherProviderIsToldTheWholeConversation() {
        keeper.enqueue(Answer.text("Blue."), Answer.text("Still blue."));
        String first = plain("keeps", "My colour?", "").path("id").asString();
        String second =
                plain("keeps", "Sure?", ",\"previous_response_id\":\"" + first + "\"")
                        .path("id")
                        .asString();
        keeper.enqueue(Answer.error(503, "server_error", "Down."));
        other.enqueue(Answer.text("Very sure."));
        JsonNode third = plain("keeps", "Really?", ",\"previous_response_id\":\"" + second + "\"");
        assertThat(third.at("/output/0/content/0/text").asString()).isEqualTo("Very sure.");
        JsonNode messages = other.requests().getLast().json().path("messages");
        assertThat(texts(messages))
                .containsExactly("My colour?", "Blue.", "Sure?", "Still blue.", "Really?");
    }

    @Test
    void aConversationThatNeverEndsIsNotToldInPart() {
        keeper.enqueue(Answer.text("Blue."));
        String id = plain("keeps", "My colour?", "").path("id").asString();
        keeper.enqueue(Answer.error(503, "server_error", "Down."));
        keeper.enqueueLookups(json("{\"object\":\"response\",\"output\":[]}"));
        Answer page = json("{\"data\":[],\"has_more\":true,\"last_id\":\"the last?&\"}");
        for (int i = 0; i < 200; i++) {
            keeper.enqueueLookups(page);
        }
        JsonNode error = ask("keeps", "Sure?", false, goingOnFrom(id), 503);
        assertThat(error.at("/error/message").asString()).contains("Down.");
        assertThat(keeper.requests()).hasSizeLessThan(110);
        assertThat(keeper.requests().getLast().query("after")).contains("the last?&");
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void aConversationThatCannotBeReadEndsTheRequest() {
        keeper.enqueue(Answer.text("Blue."));
        String id = plain("keeps", "My colour?", "").path("id").asString();
        keeper.enqueue(Answer.error(503, "server_error", "Down."));
        keeper.enqueueLookups(
                json("{\"object\":\"response\",\"output\":[{\"type\":\"message\",\"role\":7}]}"),
                json("{\"data\":[],\"has_more\":false}"));
        ask("keeps", "Sure?", false, goingOnFrom(id), 503);
        assertThat(other.requests()).isEmpty();
    }

    private static String goingOnFrom(String id) {
        return ",\"previous_response_id\":\"" + id + "\"";
    }

    private static Answer json(String document) {
        return Answer.of(new Step.Status(200, Map.of(), document));
    }

    // ------------------------------------------------------------------------------- kept here

    @Test
    void whatNoProviderKeepsIsKeptHere() {
        other.enqueue(Answer.text("Red."), Answer.text("Still red."));
        JsonNode first = plain("forgets", "My colour?", "");
        String id = first.path("id").asString();
        assertThat(get("/v1/responses/" + id, 200)).isEqualTo(first);
        JsonNode second = plain("forgets", "Sure?", ",\"previous_response_id\":\"" + id + "\"");
        assertThat(second.path("previous_response_id").asString()).isEqualTo(id);
        assertThat(texts(other.requests().getLast().json().path("messages")))
                .containsExactly("My colour?", "Red.", "Sure?");
        assertThat(get("/v1/responses/" + id + "/input_items?limit=1", 200).path("data"))
                .hasSize(1);
        assertThat(post("/v1/responses/" + id + "/cancel", 400).at("/error/message").asString())
                .contains("cancel");
        delete("/v1/responses/" + id);
        get("/v1/responses/" + id, 404);
        JsonNode unknown =
                ask("forgets", "Sure?", false, ",\"previous_response_id\":\"" + id + "\"", 400);
        assertThat(unknown.at("/error/code").asString()).isEqualTo("previous_response_not_found");
        assertThat(unknown.at("/error/param").asString()).isEqualTo("previous_response_id");
    }

    @Test
    void whatIsNotToBeStoredIsNot() {
        other.enqueue(Answer.text("Red."));
        String id = plain("forgets", "My colour?", ",\"store\":false").path("id").asString();
        get("/v1/responses/" + id, 404);
    }

    // ------------------------------------------------------------------------- taken up again

    @Test
    void aCutConnectionIsReplacedAndTheSameGenerationGoesOn() {
        keeper.enqueue(
                Answer.of(
                        new Step.Text("Once"),
                        new Step.Drop(new Step.Cut()),
                        new Step.Text(" upon"),
                        new Step.Text(" a time"),
                        new Step.Finish("stop"),
                        new Step.Usage(9, 4),
                        new Step.Done()));
        SseClient client = stream("keeps", "Tell me", "");
        assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
        ResponsesTranscript transcript = ResponsesStreamGrammar.check(client.body());
        assertThat(transcript.text()).isEqualTo("Once upon a time");
        List<RecordedRequest> asked = keeper.requests();
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst().json().path("background").asBoolean()).isTrue();
        assertThat(asked.getLast().method()).isEqualTo("GET");
        assertThat(asked.getLast().query("starting_after")).isPresent();
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void whoCannotTakeItUpIsReplacedAndStopped() {
        keeper.enqueue(
                Answer.of(
                        new Step.Text("Once upon a time there was"),
                        new Step.Drop(new Step.Cut()),
                        new Step.Text(" a"),
                        new Step.Finish("stop"),
                        new Step.Done()));
        keeper.enqueueLookups(Answer.error(404, "invalid_request_error", "Not found."));
        other.enqueue(Answer.text("a time there was", " a miller."));
        SseClient client = stream("keeps", "Tell me", "");
        client.awaitEnd();
        assertThat(ResponsesStreamGrammar.check(client.body()).text())
                .isEqualTo("Once upon a time there was a miller.");
        awaitRequest("/cancel");
    }

    @Test
    void whoeverLeavesStopsWhatIsMadeInTheBackground() {
        Gate never = new Gate();
        keeper.enqueue(
                Answer.of(
                        new Step.Text("Once"),
                        new Step.AwaitRelease(never),
                        new Step.Finish("stop"),
                        new Step.Done()));
        SseClient client = stream("keeps", "Tell me", "");
        while (!client.nextEvent().data().contains("Once")) {}
        client.close();
        awaitRequest("/cancel");
    }

    private void awaitRequest(String end) {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (keeper.requests().stream().noneMatch(r -> r.path().endsWith(end))) {
            assertThat(System.nanoTime()).as("waiting for %s", end).isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    // ---------------------------------------------------------------------------------- clients

    private static List<String> texts(JsonNode messages) {
        return messages.valueStream()
                .map(
                        message ->
                                message.path("content").isString()
                                        ? message.path("content").asString()
                                        : message.at("/content/0/text").asString())
                .toList();
    }

    private JsonNode plain(String model, String input, String more) {
        return ask(model, input, false, more, 200);
    }

    private SseClient stream(String model, String input, String more) {
        return SseClient.post(
                gateway.baseUrl().resolve("/v1/responses"), body(model, input, true, more));
    }

    private JsonNode ask(String model, String input, boolean stream, String more, int status) {
        SseClient client =
                SseClient.post(
                        gateway.baseUrl().resolve("/v1/responses"),
                        body(model, input, stream, more));
        return json(client, status);
    }

    private static String body(String model, String input, boolean stream, String more) {
        return "{\"model\":\""
                + model
                + "\",\"stream\":"
                + stream
                + ",\"input\":\""
                + input
                + "\""
                + more
                + "}";
    }

    private JsonNode get(String path, int status) {
        return json(SseClient.to(gateway.baseUrl().resolve(path)).get(), status);
    }

    private JsonNode delete(String path) {
        return json(SseClient.to(gateway.baseUrl().resolve(path)).delete(), 200);
    }

    private JsonNode post(String path, int status) {
        return json(SseClient.post(gateway.baseUrl().resolve(path), ""), status);
    }

    private static JsonNode json(SseClient client, int status) {
        int got = client.awaitHead().status();
        client.awaitEnd();
        assertThat(got).as(client.text()).isEqualTo(status);
        return JSON.readTree(client.text());
    }
}
