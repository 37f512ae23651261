package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.MessagesStreamGrammar;
import dev.midstream.testkit.MessagesTranscript;
import dev.midstream.testkit.MessagesTranscript.Text;
import dev.midstream.testkit.MessagesTranscript.Thinking;
import dev.midstream.testkit.ModelAnswer;
import dev.midstream.testkit.ModelAnswer.ReasoningBlock;
import dev.midstream.testkit.ModelAnswer.TextBlock;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.Responder;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.ResponsesTranscript;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Said;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Steps;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client sends back what it was given, reasoning that broke off included, and the conversation
 * goes on: what nothing proves is left out on the way to an upstream.
 */
class TheNextTurnTest {

    private static final String THOUGHT =
            "The traveller wants the rule, so I tell of the ferryman.";
    private static final String BROKEN = Said.words(THOUGHT, 6);
    private static final String AGAIN = "Tell it again.";
    private static final ModelAnswer ANSWER =
            ModelAnswer.of(new ReasoningBlock(THOUGHT), new TextBlock(Said.ESSAY));

    private static World world(Pair pair) {
        Scenario scenario =
                Scenario.of("connection reset", "inside the reasoning")
                        .primary(Part.of(TheNextTurnTest::breakingOnce))
                        .fallback(Part.saying(ANSWER, model -> model))
                        .router("cooldown_time: 0");
        return new World(scenario, pair, TransportKind.AUTO);
    }

    /** A model that breaks off in its thoughts, and says the essay when asked again. */
    private static Responder breakingOnce() {
        ScriptedModel model = ScriptedModel.answering(ANSWER).breaking(1, 6, new Step.Cut());
        return request -> request.text().contains(AGAIN) ? Steps.essay() : model.answer(request);
    }

    private static byte[] ask(World world, String path, JsonNode request) {
        SseClient client = world.ask(path, request.toString(), Map.of());
        client.awaitEnd(World.PATIENCE);
        assertThat(client.awaitHead().status()).as(client.text()).isEqualTo(200);
        return client.body();
    }

    private static RecordedRequest last(World world) {
        return world.provider(Role.PRIMARY).requests().getLast();
    }

    // -------------------------------------------------------------------------------- Messages

    private static ObjectNode messages() {
        ObjectNode request = World.JSON.createObjectNode();
        request.put("model", "primary").put("stream", true).put("max_tokens", 10000);
        request.putObject("thinking").put("type", "enabled").put("budget_tokens", 2000);
        request.putArray("messages").addObject().put("role", "user").put("content", Said.QUESTION);
        return request;
    }

    private static ArrayNode blocks(MessagesTranscript transcript) {
        ArrayNode blocks = World.JSON.createArrayNode();
        for (MessagesTranscript.Block block : transcript.blocks()) {
            switch (block) {
                case Text(String text) -> blocks.addObject().put("type", "text").put("text", text);
                case Thinking(String thinking, String signature) ->
                        blocks.addObject()
                                .put("type", "thinking")
                                .put("thinking", thinking)
                                .put("signature", signature == null ? "" : signature);
                default -> throw new AssertionError(block);
            }
        }
        return blocks;
    }

    @ParameterizedTest
    @EnumSource
    void ofAMessagesClientIsAnswered(Pair pair) {
        try (World world = world(pair)) {
            ObjectNode request = messages();
            MessagesTranscript first =
                    MessagesStreamGrammar.check(ask(world, "/v1/messages", request));
            assertThat(first.blocks().getFirst()).isEqualTo(new Thinking(BROKEN, null));
            ArrayNode conversation = request.withArray("messages");
            conversation.addObject().put("role", "assistant").set("content", blocks(first));
            conversation.addObject().put("role", "user").put("content", AGAIN);
            MessagesTranscript second =
                    MessagesStreamGrammar.check(ask(world, "/v1/messages", request));
            assertThat(second.text()).isEqualTo(Said.ESSAY);
            assertThat(last(world).text()).contains(AGAIN).doesNotContain("\"" + BROKEN + "\"");
        }
    }

    // ------------------------------------------------------------------------------- Responses

    private static ObjectNode responses() {
        ObjectNode request = World.JSON.createObjectNode();
        request.put("model", "primary").put("stream", true).put("store", false);
        request.putObject("reasoning").put("effort", "low").put("summary", "auto");
        request.putArray("include").add("reasoning.encrypted_content");
        request.putArray("input").addObject().put("role", "user").put("content", Said.QUESTION);
        return request;
    }

    @ParameterizedTest
    @EnumSource
    void ofAResponsesClientIsAnswered(Pair pair) {
        try (World world = world(pair)) {
            ObjectNode request = responses();
            ResponsesTranscript first =
                    ResponsesStreamGrammar.check(ask(world, "/v1/responses", request));
            JsonNode output = first.response().path("output");
            assertThat(output.path(0).path("status").asString("")).isEqualTo("incomplete");
            ArrayNode conversation = request.withArray("input");
            output.forEach(conversation::add);
            conversation.addObject().put("role", "user").put("content", AGAIN);
            ResponsesTranscript second =
                    ResponsesStreamGrammar.check(ask(world, "/v1/responses", request));
            assertThat(second.text()).isEqualTo(Said.ESSAY);
            assertThat(last(world).text()).contains(AGAIN).doesNotContain("\"" + BROKEN + "\"");
        }
    }
}
