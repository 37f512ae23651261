package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class ScriptedModelMisbehavesAsToldTest {

    private static final String DELIVERED = "Here it is:\n```java\nint a = 1;\nint b = 2;";
    private static final String ANSWER = DELIVERED + "\nint c = 3;\n```\nThat is all.";
    private static final String REST = ANSWER.substring(DELIVERED.length());

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void onAPrefillAndOnAUserTurn(Behaviour behaviour, String onPrefill, String onUserTurn) {
        try (var talk = new ModelTalk(ScriptedModel.answering(ANSWER).behaving(behaviour))) {
            assertThat(talk.ask(prefill()).text()).isEqualTo(onPrefill);
            assertThat(talk.ask(userTurn()).text()).isEqualTo(onUserTurn);
        }
    }

    static Stream<Arguments> behaviours() {
        String anchored = "int b = 2;" + REST;
        return Stream.of(
                Arguments.of(new Behaviour.Obeys(), REST, anchored),
                Arguments.of(
                        new Behaviour.Repeats(8), "int b = 2;" + REST, "int a = 1;\n" + anchored),
                Arguments.of(
                        new Behaviour.Preamble("Sure:\n"), "Sure:\n" + REST, "Sure:\n" + anchored),
                Arguments.of(new Behaviour.StartsAnew(), ANSWER, ANSWER),
                Arguments.of(new Behaviour.Digresses("No."), "No.", "No."),
                Arguments.of(new Behaviour.RefusesTask("Sorry."), "Sorry.", "Sorry."),
                Arguments.of(new Behaviour.EchoesPrefill(), ANSWER, anchored),
                Arguments.of(new Behaviour.ContinuesWithoutAnchor(), REST, REST),
                Arguments.of(
                        new Behaviour.ReopensFence(), "```java\n" + REST, "```java\n" + anchored),
                Arguments.of(new Behaviour.TrimsLeadingSpace(), REST.stripLeading(), anchored));
    }

    @Test
    void refusesAPrefillInTheProvidersWordsAndObeysAUserTurn() {
        ScriptedModel model =
                ScriptedModel.answering(ANSWER).behaving(new Behaviour.RefusesPrefill());
        try (var talk = new ModelTalk(model)) {
            try (var client = talk.connect(prefill())) {
                assertThat(client.awaitHead().status()).isEqualTo(400);
                client.awaitEnd();
                assertThat(client.text())
                        .contains("\"type\":\"invalid_request_error\"")
                        .contains(
                                "\"message\":\"This model does not support assistant message"
                                        + " prefill. The conversation must end with a user"
                                        + " message.\"");
            }
            assertThat(talk.ask(userTurn()).text()).endsWith(REST);
        }
    }

    @Test
    void fallsSilentAfterItsOpening() {
        ScriptedModel model = ScriptedModel.answering(ANSWER).behaving(new Behaviour.FallsSilent());
        try (var talk = new ModelTalk(model);
                var client = talk.connect(userTurn())) {
            assertThat(client.nextEvent().data()).contains("\"role\":\"assistant\"");
            assertThat(client.items()).hasSize(1);
        }
    }

    private static ObjectNode prefill() {
        return ModelTalk.request("user", "Show me", "assistant", DELIVERED);
    }

    private static ObjectNode userTurn() {
        return ModelTalk.request(
                "user",
                "Show me",
                "assistant",
                DELIVERED,
                "user",
                "The connection broke after\n<<<\nint a = 1;\nint b = 2;\n>>>\n"
                        + "Go on, beginning with `int b = 2;`");
    }
}
