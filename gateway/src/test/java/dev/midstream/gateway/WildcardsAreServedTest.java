package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import org.junit.jupiter.api.Test;

class WildcardsAreServedTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: "openai/*"
                litellm_params: {model: "openai/*", api_base: os.environ/PRIMARY, api_key: a}
              - model_name: "other-*"
                litellm_params: {model: "openai/other-*", api_base: os.environ/FALLBACK, api_key: b}
            router_settings:
              fallbacks: [{"openai/one": [other-one]}]
              num_retries: 0
            """;

    private static Rig rig() {
        return new Rig(TransportKind.AUTO, CONFIGURATION, GatewayOptions.DEFAULTS);
    }

    @Test
    void anAnswerOfAModelThatAPatternMakesGoesOnAtAnother() throws Exception {
        String story = "The ferryman had one rule, and he told it to everybody who came down.";
        try (Rig rig = rig()) {
            rig.primary.enqueue(Answer.of(new Step.Text(story.substring(0, 40)), new Step.Cut()));
            rig.fallback.enqueue(Answer.text(story.substring(20, 40), story.substring(40)));
            SseClient client = rig.ask(Rig.request("openai/one", true));
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(ChatStreamGrammar.check(client.body()).text()).isEqualTo(story);
            assertThat(rig.primary.requests().getFirst().text()).contains("\"model\":\"one\"");
            assertThat(rig.fallback.requests().getFirst().text())
                    .contains("\"model\":\"other-one\"");
        }
    }

    @Test
    void aModelThatTheProviderDoesNotHaveCoolsNoOther() {
        try (Rig rig = rig()) {
            rig.primary.enqueue(
                    Answer.error(404, "invalid_request_error", "The model does not exist."));
            assertThat(rig.ask(Rig.request("openai/made-up", true)).awaitHead().status())
                    .isEqualTo(404);
            rig.primary.enqueue(Answer.text("hi"));
            assertThat(rig.ask(Rig.request("openai/two", true)).awaitHead().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void namesThatNoModelHasAndThePatternItselfAreNotThere() {
        try (Rig rig = rig()) {
            for (String name :
                    new String[] {"openai/*", "openai/", "openai/a b", "openai/../x", "other"}) {
                assertThat(rig.ask(Rig.request(name, true)).awaitHead().status())
                        .as(name)
                        .isEqualTo(404);
            }
            assertThat(rig.primary.requests()).isEmpty();
        }
    }
}
