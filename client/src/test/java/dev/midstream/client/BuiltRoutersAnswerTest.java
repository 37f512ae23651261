package dev.midstream.client;

import static dev.midstream.client.DeploymentSettings.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.client.spi.Provider;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltRoutersAnswerTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing.";
    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    /** Says the beginning of the story and breaks off. */
    private static final Provider BREAKING =
            (draft, target, answer) -> {
                answer.event(new StreamEvent.Opened("", target.model(), 0));
                answer.event(StreamEvent.BlockStarted.text(0, 0));
                answer.event(new StreamEvent.Delta(0, STORY.substring(0, 50)));
                answer.failed(new IOException("gone"));
                return () -> {};
            };

    private static RouterBuilder builder(ScriptedProvider backup) {
        return Router.builder()
                .environment(Map.of())
                .provider("acme", BREAKING)
                .model("chat", deployment("acme/one"))
                .model("backup", deployment("openai/two").apiKey("k").baseUrl(backup.baseUrl()))
                .numRetries(0);
    }

    @Test
    void whatAProviderThatIsPluggedInBeginsAnotherOneEnds() {
        try (ScriptedProvider backup = ScriptedProvider.start("backup", Dialect.chat());
                Router router = builder(backup).fallback("chat", "backup").build()) {
            backup.answering(
                    ScriptedModel.answering(STORY).onPrefill(new Behaviour.RefusesPrefill()));
            Answer answer = router.complete(REQUEST);
            assertThat(answer.text()).isEqualTo(STORY);
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void aStarStandsForTheModelsOfAProviderThatIsPluggedIn() {
        Provider naming =
                (draft, target, answer) -> {
                    answer.event(StreamEvent.BlockStarted.text(0, 0));
                    answer.event(new StreamEvent.Delta(0, target.model()));
                    answer.event(new StreamEvent.BlockEnded(0, false));
                    answer.event(new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null));
                    answer.complete();
                    return () -> {};
                };
        try (Router router =
                Router.builder()
                        .environment(Map.of())
                        .provider("acme", naming)
                        .model("my-*", deployment("acme/*"))
                        .build()) {
            Request request = Request.to("my-model").user("Who are you?").build();
            assertThat(router.complete(request).text()).isEqualTo("model");
        }
    }

    @Test
    void optionsOfACallCount() {
        try (ScriptedProvider backup = ScriptedProvider.start("backup", Dialect.chat());
                Router router = builder(backup).build()) {
            backup.answering(
                    ScriptedModel.answering(STORY).onPrefill(new Behaviour.RefusesPrefill()));
            assertThatThrownBy(() -> router.complete(REQUEST))
                    .isInstanceOf(AnswerFailedException.class)
                    .hasRootCauseMessage("gone");
            CallOptions options = CallOptions.NONE.fallbacks("backup");
            assertThat(router.complete(REQUEST, options).text()).isEqualTo(STORY);
            assertThatThrownBy(() -> router.complete(REQUEST, options.disableFallbacks(true)))
                    .isInstanceOf(AnswerFailedException.class);
            assertThatThrownBy(() -> router.complete(REQUEST, CallOptions.NONE.fallbacks("bakcup")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("fallbacks");
        }
    }

    @Test
    void aRouterOfAFile(@TempDir Path folder) throws IOException {
        try (ScriptedProvider provider = ScriptedProvider.start("primary", Dialect.chat())) {
            provider.answering(ScriptedModel.answering(STORY));
            Path file = folder.resolve("config.yaml");
            Files.writeString(
                    file,
                    """
                    model_list:
                      - model_name: chat
                        litellm_params: {model: openai/one, api_key: k, api_base: '%s'}
                    general_settings: {master_key: os.environ/NOT_SET_ANYWHERE, port: 4000}
                    """
                            .formatted(provider.baseUrl()));
            try (Router router = Router.from(file)) {
                assertThat(router.complete(REQUEST).text()).isEqualTo(STORY);
            }
        }
    }
}
