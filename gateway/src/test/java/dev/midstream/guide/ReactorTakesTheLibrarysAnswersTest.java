package dev.midstream.guide;

import static dev.midstream.client.DeploymentSettings.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.Router;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.junit.Provider;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;

/** What {@code docs/library.md} says of Reactor. */
class ReactorTakesTheLibrarysAnswersTest {

    private static final String STORY = "Do not change horses in midstream, said the ferryman.";

    @Test
    void asAFluxOverABreak(@Provider ScriptedProvider provider) {
        provider.answering(ScriptedModel.answering(STORY).cutAfter(4));
        Request request = Request.to("chat").user("What did he say?").build();
        try (Router router =
                Router.builder()
                        .model(
                                "chat",
                                deployment("openai/one").baseUrl(provider.baseUrl()).apiKey("k"))
                        .build()) {
            String text =
                    JdkFlowAdapter.flowPublisherToFlux(router.streamAsync(request))
                            .ofType(StreamEvent.Delta.class)
                            .map(StreamEvent.Delta::text)
                            .collect(Collectors.joining())
                            .block(Duration.ofSeconds(30));
            assertThat(text).isEqualTo(STORY);
        }
        assertThat(provider.requests()).hasSizeGreaterThan(1);
    }
}
