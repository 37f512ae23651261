package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Conversations that are too long and refusals by a content policy go to the groups that are named
 * for just that, before the stream has begun and in the middle of it.
 */
class FallbacksByCauseTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing.";

    private static Rig rig(String list) {
        String configuration =
                Rig.CONFIGURATION.replace(
                        "fallbacks: [{primary: [fallback]}]",
                        list + ": [{primary: [fallback]}]\n  num_retries: 0");
        return new Rig(TransportKind.AUTO, configuration, GatewayOptions.DEFAULTS);
    }

    private static Answer refusal(String code) {
        return Answer.error(400, "invalid_request_error", "No.", code, Map.of());
    }

    private static Answer brokenOffBy(String code) {
        return Answer.of(
                new Step.Text(STORY.substring(0, 40)),
                new Step.InBandError(400, "invalid_request_error", "No.", code));
    }

    private static String text(SseClient client) throws Exception {
        assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
        return ChatStreamGrammar.check(client.body()).text();
    }

    @Test
    void aConversationThatIsTooLongGoesToALargerWindow() throws Exception {
        try (Rig rig = rig("context_window_fallbacks")) {
            rig.primary.enqueue(refusal("context_length_exceeded"));
            rig.fallback.enqueue(Answer.text(STORY));
            assertThat(text(rig.stream())).isEqualTo(STORY);

            rig.primary.enqueue(Answer.error(500, "server_error", "Down."));
            assertThat(rig.stream().awaitHead().status()).isEqualTo(500);
        }
    }

    @Test
    void aRefusalByPolicyGoesToTheGroupsNamedForIt() throws Exception {
        try (Rig rig = rig("content_policy_fallbacks")) {
            rig.primary.enqueue(refusal("content_policy_violation"));
            rig.fallback.enqueue(Answer.text(STORY));
            assertThat(text(rig.stream())).isEqualTo(STORY);
        }
    }

    @Test
    void withoutSuchGroupsItIsTheEnd() throws Exception {
        try (Rig rig = rig("fallbacks")) {
            rig.primary.enqueue(refusal("content_policy_violation"));
            assertThat(rig.stream().awaitHead().status()).isEqualTo(400);
            assertThat(rig.fallback.requests()).isEmpty();
        }
    }

    @Test
    void inTheMiddleOfAStreamTheSameHolds() throws Exception {
        for (String[] kind :
                new String[][] {
                    {"context_window_fallbacks", "context_length_exceeded"},
                    {"content_policy_fallbacks", "content_policy_violation"}
                }) {
            try (Rig rig = rig(kind[0])) {
                rig.primary.enqueue(brokenOffBy(kind[1]));
                rig.fallback.enqueue(Answer.text(STORY.substring(20, 40), STORY.substring(40)));
                assertThat(text(rig.stream())).isEqualTo(STORY);
            }
        }
        try (Rig rig = rig("fallbacks")) {
            rig.primary.enqueue(brokenOffBy("content_policy_violation"));
            SseClient client = rig.stream();
            client.awaitEnd();
            assertThat(client.text()).contains("\"error\"");
            assertThat(rig.fallback.requests()).isEmpty();
        }
    }
}
