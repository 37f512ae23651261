package dev.midstream.gateway.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.routing.RouterConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AScoreboardCountsWhatADrillDoesTest {

    private static final String YAML =
            """
            model_list:
              - model_name: first
                litellm_params: {model: openai/one, api_key: k}
                model_info: {id: one}
              - model_name: second
                litellm_params: {model: openai/two, api_key: k}
                model_info: {id: two}
            router_settings: {fallbacks: [{first: [second]}]}
            """;

    @Test
    void attemptsRecoveriesAndCooldownsOfAllRehearsalsTogether()
            throws IOException, InvalidConfiguration {
        RouterConfig config =
                new ConfigurationReader(
                                name -> null,
                                path -> {
                                    throw new FileNotFoundException(path);
                                })
                        .read("config.yaml", YAML)
                        .router();
        String only = "connection reset, after 40 of 60 words";
        try (Scoreboard board = Scoreboard.at(0, config)) {
            DrillReport report =
                    new Drill(config, "first"::equals, only::equals).toldTo(board).run("this");
            assertThat(report.exitStatus()).isZero();
            assertThat(shown(board))
                    .contains(
                            "midstream_attempts_total{deployment=\"one\",group=\"first\","
                                    + "method=\"original\",outcome=\"cut\"} 3.0",
                            "midstream_recoveries_total{method=\"user_turn\",outcome=\"joined\"} 3.0",
                            "midstream_deployment_in_flight{deployment=\"two\",group=\"second\"} 0.0",
                            "midstream_in_flight 0.0");
        }
    }

    private static String shown(Scoreboard board) throws IOException {
        try (InputStream in = board.url().toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
