package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.assertion.Requests;
import dev.midstream.testkit.assertion.StreamCheck;
import dev.midstream.testkit.assertion.Streams;
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

    private static StreamCheck received(SseClient client) {
        assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
        return Streams.chat(client.body());
    }

    @Test
    void aConversationThatIsTooLongGoesToALargerWindow() {
        try (Rig rig = rig("context_window_fallbacks")) {
            rig.primary.enqueue(refusal("context_length_exceeded"));
            rig.fallback.enqueue(Answer.text(STORY));
            received(rig.stream()).isWhole().hasText(STORY);

            rig.primary.enqueue(Answer.error(500, "server_error", "Down."));
            assertThat(rig.stream().awaitHead().status()).isEqualTo(500);
        }
    }

    @Test
    void aRefusalByPolicyGoesToTheGroupsNamedForIt() {
        try (Rig rig = rig("content_policy_fallbacks")) {
            rig.primary.enqueue(refusal("content_policy_violation"));
            rig.fallback.enqueue(Answer.text(STORY));
            received(rig.stream()).isWhole().hasText(STORY);
        }
    }

    @Test
    void withoutSuchGroupsItIsTheEnd() {
        try (Rig rig = rig("fallbacks")) {
            rig.primary.enqueue(refusal("content_policy_violation"));
            assertThat(rig.stream().awaitHead().status()).isEqualTo(400);
            Requests.to(rig.fallback).none();
        }
    }

    @Test
    void inTheMiddleOfAStreamTheSameHolds() {
        for (String[] kind :
                new String[][] {
                    {"context_window_fallbacks", "context_length_exceeded"},
                    {"content_policy_fallbacks", "content_policy_violation"}
                }) {
            try (Rig rig = rig(kind[0])) {
                rig.primary.enqueue(brokenOffBy(kind[1]));
                rig.fallback.enqueue(Answer.text(STORY.substring(20, 40), STORY.substring(40)));
                received(rig.stream()).isWhole().hasText(STORY);
            }
        }
        try (Rig rig = rig("fallbacks")) {
            rig.primary.enqueue(brokenOffBy("content_policy_violation"));
            received(rig.stream()).endsInError("invalid_request_error");
            Requests.to(rig.fallback).none();
        }
    }
}
