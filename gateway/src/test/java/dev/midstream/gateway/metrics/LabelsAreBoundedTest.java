package dev.midstream.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.routing.DeploymentState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only names of the configuration become labels. */
class LabelsAreBoundedTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: m
                litellm_params: {model: openai/gpt-4o, api_key: k}
                model_info: {id: one}
              - model_name: n
                litellm_params: {model: openai/gpt-4o-mini, api_key: k}
                model_info: {id: two/deep}
            """;

    private static Known known() throws Exception {
        ConfigurationReader reader =
                new ConfigurationReader(
                        name -> null,
                        path -> {
                            throw new IOException(path);
                        });
        return new Known(reader.read("config.yaml", CONFIGURATION).router());
    }

    private static DeploymentState state(String id, int inFlight, boolean cooled) {
        return new DeploymentState(
                id, "made", inFlight, cooled ? Duration.ofSeconds(1) : null, null, 1);
    }

    @Test
    void whatIsConfiguredHasItsName() throws Exception {
        assertThat(known().group("m")).isEqualTo("m");
        assertThat(known().deployment("one")).isEqualTo("one");
        assertThat(known().deployment("two/deep")).isEqualTo("two/deep");
    }

    @Test
    void whatAWildcardMadeHasTheNamesOfItsEntry() throws Exception {
        assertThat(known().deployment("one/whatever-clients/write")).isEqualTo("one");
        assertThat(known().deployment("two/deep/x")).isEqualTo("two/deep");
        assertThat(known().group("whatever-clients/write", "one/whatever-clients/write"))
                .isEqualTo("m");
    }

    @Test
    void everythingElseHasOneName() throws Exception {
        assertThat(known().group("unheard-of")).isEqualTo(Known.OTHER);
        assertThat(known().deployment("unheard-of")).isEqualTo(Known.OTHER);
        assertThat(known().deployment("two/x")).isEqualTo(Known.OTHER);
        assertThat(known().group("unheard-of", "x/y")).isEqualTo(Known.OTHER);
    }

    @Test
    void statesOfOneNameAreAddedUp() throws Exception {
        assertThat(
                        known().named(
                                        List.of(
                                                state("one", 0, false),
                                                state("one/a", 2, true),
                                                state("one/b", 3, false))))
                .containsExactly(
                        new DeploymentState("one", "m", 5, Duration.ofSeconds(1), null, 3));
    }
}
