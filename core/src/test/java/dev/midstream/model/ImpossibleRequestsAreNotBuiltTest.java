package dev.midstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that nobody could answer fails where it is made, with all that is wrong about it. */
class ImpossibleRequestsAreNotBuiltTest {

    @Test
    void whatIsPossibleIsBuiltAsItWasSaid() {
        Request request =
                Request.to("chat")
                        .system("Be short.")
                        .user("Hi")
                        .maxTokens(5)
                        .temperature(0)
                        .topP(1)
                        .topK(1)
                        .stop("\n", "END")
                        .choices(128)
                        .seed(-7)
                        .endUser("u-1")
                        .build();

        assertThat(request.protocol()).isEmpty();
        assertThat(request.body()).isEmpty();
        assertThat(request.model()).isEqualTo("chat");
        assertThat(request.stream()).isTrue();
        assertThat(request.streamUsage()).isTrue();
        assertThat(request.messages())
                .containsExactly(
                        Message.of(Message.Role.SYSTEM, "Be short."),
                        Message.of(Message.Role.USER, "Hi"));
        assertThat(request.sampling()).isEqualTo(new Sampling(0.0, 1.0, 1, null, null, -7L));
        assertThat(request.stop()).containsExactly("\n", "END");
        assertThat(request.maxTokens()).isEqualTo(5);
        assertThat(request.choices()).isEqualTo(128);
        assertThat(request.user()).isEqualTo("u-1");
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        RequestBuilder builder =
                Request.to(" ")
                        .maxTokens(0)
                        .choices(0)
                        .temperature(2.5)
                        .topP(-0.1)
                        .topK(0)
                        .frequencyPenalty(3)
                        .presencePenalty(Double.NaN)
                        .stop("")
                        .toolChoice(new ToolChoice.Required());

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage(
                        "The request is impossible: model: expected the name of a model group, but"
                                + " got a blank one; messages: expected at least one turn, but got"
                                + " none; tool_choice: expected tools, of which one has to be"
                                + " called, but got none; max_tokens: expected 1 or more, but got"
                                + " 0; choices: expected 1 to 128, but got 0; stop: expected"
                                + " strings that say something, but got an empty one; temperature:"
                                + " expected 0 to 2, but got 2.5; top_p: expected 0 to 1, but got"
                                + " -0.1; top_k: expected 1 or more, but got 0; frequency_penalty:"
                                + " expected -2 to 2, but got 3.0; presence_penalty: expected -2"
                                + " to 2, but got NaN");
    }

    @Test
    void aConversationHasToSaySomething() {
        assertThat(problems(r -> r.user(" ").assistant("")))
                .containsExactly(
                        "messages: expected a turn that says something, but got only blank ones");
        assertThat(problems(r -> r.user("Hi").user()))
                .containsExactly("messages[1]: expected at least one part, but got none");
        assertThat(problems(r -> r.user(Part.Image.at("https://x.test/a.png")))).isEmpty();
    }

    @Test
    void callsAndResultsStandWhereTheyBelong() {
        Part call = new Part.ToolCall("c1", "weather", "{\"city\":\"Rome\"}");
        assertThat(problems(r -> r.user("Hi").assistant(call).toolResult("c1", "Sun"))).isEmpty();
        assertThat(problems(r -> r.user(call)))
                .containsExactly(
                        "messages[0]: expected tool calls in the assistant's turns only, but got"
                                + " one in a turn of USER");
        assertThat(problems(r -> r.user("Hi").assistant(new Part.ToolCall("", "w", "[1]"))))
                .containsExactly(
                        "messages[1]: expected a tool call with an id and a name, but got a blank"
                                + " one",
                        "messages[1]: expected a JSON object as the arguments of w, but got"
                                + " something else");
        assertThat(problems(r -> r.user("Hi").assistant(new Part.ToolResult("c1", "Sun"))))
                .containsExactly(
                        "messages[1]: expected tool results in turns of a tool or user, but got"
                                + " one in a turn of ASSISTANT");
        assertThat(problems(r -> r.user("Hi").toolResult(" ", "Sun")))
                .containsExactly(
                        "messages[1]: expected the id of the call that a result answers, but got a"
                                + " blank one");
    }

    @Test
    void anImageComesFromOnePlace() {
        assertThat(problems(r -> r.user(new Part.Image(null, null, null, null, null))))
                .containsExactly(
                        "messages[0]: expected an image by URL or inline, but got neither");
        assertThat(problems(r -> r.user(new Part.Image("u", "b", null, null, null))))
                .containsExactly(
                        "messages[0]: expected an image by URL or inline, but got more than one of"
                                + " these");
    }

    @Test
    void toolsAreNamedAndChosenByName() {
        assertThat(problems(r -> r.user("Hi").tool("a", "x", "{}").tool("a", "y", "{}")))
                .containsExactly(
                        "tools[1]: expected a name of its own for each tool, but got 'a' again");
        assertThat(
                        problems(
                                r ->
                                        r.user("Hi")
                                                .tool("a", "x", "{}")
                                                .toolChoice(new ToolChoice.Named("b"))))
                .containsExactly("tool_choice: expected one of the tools [a], but got 'b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{} {}", "7", "{'a':1}"})
    void aSchemaIsAnObject(String schema) {
        assertThat(problems(r -> r.user("Hi").jsonSchema("answer", schema)))
                .containsExactly("format: expected a JSON schema, but got something else");
        assertThat(problems(r -> r.user("Hi").tool("a", "x", schema)))
                .containsExactly(
                        "tools[0]: expected a JSON schema as parameters, but got something else");
    }

    @Test
    void anotherConversationLeavesTheProtocolBehind() {
        Request chat =
                new Request(
                        "openai-chat",
                        "m",
                        true,
                        true,
                        List.of(Message.of(Message.Role.USER, "Hi")),
                        List.of(),
                        null,
                        null,
                        9,
                        List.of("x"),
                        1,
                        Sampling.NONE,
                        new ResponseFormat.Text(),
                        null,
                        null,
                        Map.of("logit_bias", new Json("{}")),
                        Map.of("anthropic-beta", "b"),
                        new Held("d", "resp_1"),
                        new byte[] {1});
        Request other = chat.with(List.of(Message.of(Message.Role.USER, "Ho")));

        assertThat(other)
                .usingRecursiveComparison()
                .isEqualTo(Request.to("m").user("Ho").maxTokens(9).stop("x").build());
        assertThat(chat.streamed(false).body()).containsExactly(1);
        assertThat(chat.streamed(false).stream()).isFalse();
    }

    private static List<String> problems(UnaryOperator<RequestBuilder> wish) {
        try {
            assertThat(wish.apply(Request.to("chat")).build().problems()).isEmpty();
            return List.of();
        } catch (IllegalArgumentException impossible) {
            String message = impossible.getMessage();
            return List.of(message.substring("The request is impossible: ".length()).split("; "));
        }
    }
}
