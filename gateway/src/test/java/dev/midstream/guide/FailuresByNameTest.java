package dev.midstream.guide;

import static dev.midstream.testkit.Protocol.CHAT;
import static dev.midstream.testkit.Protocol.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.ChatQuirk;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ModelAnswer;
import dev.midstream.testkit.ModelAnswer.ReasoningBlock;
import dev.midstream.testkit.ModelAnswer.TextBlock;
import dev.midstream.testkit.ModelAnswer.ToolBlock;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.Rejection;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.assertion.Requests;
import dev.midstream.testkit.assertion.Streams;
import dev.midstream.testkit.junit.Provider;
import dev.midstream.testkit.junit.Providers;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresByNameTest {

    private static final String STORY =
            "Once upon a time there was a ferryman who never changed horses in midstream.";

    @Test
    void eachRequestHasItsAnswer(@Provider(lenient = true) ScriptedProvider provider) {
        provider.enqueue(
                Answer.overloaded(),
                Answer.rateLimited(Duration.ofSeconds(2)),
                Answer.rejected(Rejection.PROMPT_TOO_LONG),
                Answer.saying(STORY).stalledAfter(5),
                Answer.saying(STORY));

        assertThat(status(provider)).isEqualTo(503);
        assertThat(status(provider)).isEqualTo(429);
        assertThat(status(provider)).isEqualTo(400);
        assertThat(status(provider)).isEqualTo(200);
        Streams.chat(ask(CHAT, provider)).isWhole().hasText(STORY);
    }

    @Test
    void aModelGoesOn(
            @Provider ScriptedProvider primary, @Provider(MESSAGES) ScriptedProvider fallback) {
        primary.answering(ScriptedModel.answering(STORY).cutAfter(5));
        fallback.answering(ScriptedModel.answering(STORY).refusingPrefill());

        assertThat(ask(CHAT, primary)).contains("there").doesNotContain("ferryman");
        Streams.messages(ask(MESSAGES, fallback)).isWhole().hasText(STORY);

        Requests.to(primary).only().isNoContinuationOf("Once upon a time there");
        Requests.to(fallback).only().asksFor("m-1").hasNoKeyInUrl();
    }

    @Test
    void modelsGoOnBadlyAsWell(@Provider ScriptedProvider provider) {
        provider.answering(
                ScriptedModel.answering(STORY)
                        .onPrefill(new Behaviour.StartsAnew())
                        .onUserTurn(new Behaviour.Preamble("Sure! Here is the rest: ")));

        assertThat(ask(CHAT, provider)).contains("ferryman");
    }

    @Test
    void answersAreMoreThanText(@Provider ScriptedProvider provider) {
        provider.answering(
                ScriptedModel.answering(
                        ModelAnswer.of(
                                new ReasoningBlock("The user wants the weather."),
                                new TextBlock("I look it up."),
                                new ToolBlock("call_1", "weather", "{\"city\":\"Oslo\"}"))));

        Streams.chat(ask(CHAT, provider))
                .isWhole()
                .hasReasoning("The user wants the weather.")
                .hasText("I look it up.")
                .callsTool("weather", "{\"city\": \"Oslo\"}")
                .finishesWith("tool_calls");
    }

    @Test
    void whatHasNoNameIsWrittenInSteps(@Provider ScriptedProvider provider) {
        provider.enqueue(
                Answer.of(
                        new Step.Text("Once"),
                        new Step.Ping(),
                        new Step.Pause(Duration.ofMillis(50)),
                        new Step.Torn(new Step.Text(" upon"), Step.Tear.INSIDE_LINE),
                        new Step.Close()));

        assertThat(ask(CHAT, provider)).contains("Once").doesNotContain("[DONE]");
    }

    @Test
    void providersHaveHabits() {
        try (var groq = ScriptedProvider.start("groq", Dialect.chat(ChatQuirk.GROQ))) {
            groq.answering(Answer.saying(STORY));
            assertThat(ask(CHAT, groq)).contains("ferryman");
        }
    }

    @RegisterExtension final Providers providers = new Providers();

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void theSameInEveryProtocol(Protocol protocol) {
        ScriptedProvider provider = providers.start("provider", protocol);
        provider.enqueue(Answer.saying(STORY));

        Streams.of(protocol, ask(protocol, provider)).isWhole().hasText(STORY);
    }

    // ------------------------------------------------------------------- the code under test

    private static int status(ScriptedProvider provider) {
        try (SseClient client = client(CHAT, provider)) {
            return client.awaitHead().status();
        }
    }

    private static String ask(Protocol protocol, ScriptedProvider provider) {
        try (SseClient client = client(protocol, provider)) {
            client.awaitEnd();
            return client.text();
        }
    }

    private static SseClient client(Protocol protocol, ScriptedProvider provider) {
        String path =
                switch (protocol) {
                    case CHAT -> "/v1/chat/completions";
                    case MESSAGES -> "/v1/messages";
                    case RESPONSES -> "/v1/responses";
                };
        String turns = "[{\"role\":\"user\",\"content\":\"Tell me a story.\"}]";
        return SseClient.to(URI.create(provider.origin() + path))
                .header("anthropic-version", "2023-06-01")
                .post(
                        "{\"model\":\"m-1\",\"stream\":true,\"max_tokens\":500,"
                                + (protocol == Protocol.RESPONSES ? "\"input\":" : "\"messages\":")
                                + turns
                                + "}");
    }
}
