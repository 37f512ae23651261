package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Method;
import dev.midstream.model.Secret;
import dev.midstream.routing.Clocks;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The configuration of the first report, in LiteLLM's own words, loads unmodified. */
class ReadsTheStorysConfigurationTest {

    private static final String STORY =
            """
            model_list:
              - model_name: claude-primary
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_key: os.environ/ANTHROPIC_API_KEY, stream_timeout: 1}
              - model_name: claude-fallback
                litellm_params: {model: vertex_ai/claude-sonnet-4-6, vertex_project: p, vertex_location: us-east5}
            router_settings:
              fallbacks: [{claude-primary: [claude-fallback]}]
            """;

    private static final Configuration READ = read();

    private static Configuration read() {
        FileReader none =
                path -> {
                    throw new IOException("no such file");
                };
        try {
            return new ConfigurationReader(Map.of("ANTHROPIC_API_KEY", "sk-ant-1")::get, none)
                    .read("config.yaml", STORY);
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void warnsOfNothing() {
        assertThat(READ.warnings()).isEmpty();
    }

    @Test
    void hasBothGroupsAndTheFallbackBetweenThem() {
        assertThat(READ.router().groups())
                .extracting(ModelGroup::name, g -> g.fallbacks().models().toList())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "claude-primary", List.of("claude-fallback")),
                        org.assertj.core.groups.Tuple.tuple("claude-fallback", List.of()));
        assertThat(READ.router().settings()).isEqualTo(Settings.DEFAULTS);
        assertThat(READ.general()).isEqualTo(GeneralSettings.DEFAULTS);
    }

    @Test
    void asksAnthropicWithTheKeyFromTheEnvironment() {
        Deployment primary = READ.router().groups().get(0).deployments().get(0);
        assertThat(primary.endpoint().stream())
                .hasToString("https://api.anthropic.com/v1/messages");
        assertThat(primary.endpoint().plain()).isEqualTo(primary.endpoint().stream());
        assertThat(primary.endpoint().credential())
                .isEqualTo(new Credential.Header("x-api-key", "", Secret.of("sk-ant-1")));
        assertThat(primary.endpoint().headers())
                .containsExactly(Map.entry("anthropic-version", "2023-06-01"));
        assertThat(primary.clocks())
                .isEqualTo(new Clocks(null, null, null, null, Duration.ofSeconds(1)));
        assertThat(primary.target().protocol()).isEqualTo("anthropic-messages");
        assertThat(primary.target().model()).isEqualTo("claude-sonnet-4-6");
        assertThat(primary.unusable()).isNull();
    }

    @Test
    void asksVertexInTheMachinesName() {
        Deployment fallback = READ.router().groups().get(1).deployments().get(0);
        String model =
                "https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-6";
        assertThat(fallback.endpoint().stream()).hasToString(model + ":streamRawPredict");
        assertThat(fallback.endpoint().plain()).hasToString(model + ":rawPredict");
        assertThat(fallback.endpoint().credential())
                .isEqualTo(new Credential.GoogleToken(Secret.of("")));
        assertThat(fallback.target().provider()).isEqualTo("vertex_ai");
    }

    @Test
    void knowsThatNeitherTakesAPrefill() {
        assertThat(READ.router().groups())
                .allSatisfy(
                        group ->
                                assertThat(group.deployments().get(0).methods())
                                        .containsExactly(Method.USER_TURN, Method.REPLAY));
    }
}
