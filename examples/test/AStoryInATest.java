import static dev.midstream.client.DeploymentSettings.deployment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.midstream.client.AnswerFailedException;
import dev.midstream.client.Router;
import dev.midstream.model.Request;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.assertion.Requests;
import dev.midstream.testkit.junit.Provider;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How an application tests what it does when its providers fail: by having them fail. */
class AStoryInATest {

    private static final Request REQUEST =
            Request.to("story").user("Tell me about the river.").build();

    private static Router router(ScriptedProvider primary, ScriptedProvider fallback) {
        return Router.builder()
                .model(
                        "story",
                        deployment("openai/river-1").baseUrl(primary.baseUrl()).apiKey("none"))
                .model(
                        "backup",
                        deployment("anthropic/river-2").baseUrl(fallback.baseUrl()).apiKey("none"))
                .fallback("story", "backup")
                .numRetries(0)
                .build();
    }

    @Test
    void anAnswerThatBreaksOffGoesOnElsewhere(
            @Provider ScriptedProvider primary,
            @Provider(Protocol.MESSAGES) ScriptedProvider fallback) {
        primary.answering(ScriptedModel.answering(River.STORY).cutAfter(20));
        fallback.answering(ScriptedModel.answering(River.STORY).refusingPrefill());
        try (Router router = router(primary, fallback)) {
            assertEquals(River.STORY, router.complete(REQUEST).text());
        }
        Requests.to(primary).only().isStreamed().mentions("Tell me about the river.");
    }

    @Test
    void whereNobodyCanTheFirstErrorIsTold(
            @Provider ScriptedProvider primary,
            @Provider(Protocol.MESSAGES) ScriptedProvider fallback) {
        primary.answering(Answer.rateLimited(Duration.ofSeconds(30)));
        fallback.answering(Answer.overloaded());
        try (Router router = router(primary, fallback)) {
            AnswerFailedException e =
                    assertThrows(AnswerFailedException.class, () -> router.complete(REQUEST));
            assertEquals(429, e.status());
            assertTrue(e.retryable());
            assertEquals(2, e.attempts().size());
        }
    }
}
