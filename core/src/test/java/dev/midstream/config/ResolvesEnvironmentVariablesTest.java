package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Json;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code os.environ/NAME} is resolved wherever a value stands. */
class ResolvesEnvironmentVariablesTest {

    @Test
    void inNumbersBooleansAndNestedRequestMembers() {
        Given given =
                Given.params(
                                "model: os.environ/MODEL, api_key: os.environ/KEY, timeout: os.environ/SECONDS, drop_params: os.environ/DROP, metadata: {team: [os.environ/TEAM]}")
                        .with("MODEL", "openai/gpt-4o")
                        .with("KEY", "sk-1")
                        .with("SECONDS", "30")
                        .with("DROP", "True")
                        .with("TEAM", "blue");
        assertThat(given.deployment().target().model()).isEqualTo("gpt-4o");
        assertThat(given.deployment().clocks().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(given.deployment().target().dropUnsupported()).isTrue();
        assertThat(given.deployment().target().defaults())
                .containsEntry("metadata", new Json("{\"team\":[\"blue\"]}"));
        assertThat(given.warnings()).isEmpty();
    }

    @Test
    void fromTheConfigurationItselfFirst() {
        Given given =
                Given.text(
                                """
                                environment_variables: {KEY: from-the-file, OTHER: os.environ/PROCESS}
                                general_settings: {master_key: os.environ/OTHER}
                                model_list: [{model_name: m, litellm_params: {model: openai/x, api_key: os.environ/KEY}}]
                                """)
                        .with("KEY", "from-the-process")
                        .with("PROCESS", "p");
        assertThat(given.deployment().endpoint().credential())
                .isEqualTo(
                        new Credential.Header(
                                "Authorization", "Bearer ", Secret.of("from-the-file")));
        assertThat(given.read().general().masterKey()).isEqualTo(Secret.of("p"));
    }

    @Test
    void aMissingOneThatIsNoCredentialIsAWarningAndTheKeyCountsAsAbsent() {
        Given given = Given.params("model: openai/gpt-4o, api_key: k, timeout: os.environ/NOBODY");
        assertThat(given.deployment().clocks().timeout()).isNull();
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:3:65: warning: `timeout` is to come from the environment variable NOBODY, which is not set; read as if the key were absent");
    }

    @Test
    void anEmptyOneIsMissing() {
        assertThat(
                        Given.params("model: openai/gpt-4o, api_key: os.environ/EMPTY")
                                .with("EMPTY", "")
                                .rejected())
                .singleElement()
                .asString()
                .contains("`api_key` of `m`", "EMPTY, which is not set");
    }

    @Test
    void aWrongValueIsNeverShown() {
        assertThat(
                        Given.params("model: openai/gpt-4o, api_key: k, timeout: os.environ/T")
                                .with("T", "hush")
                                .rejected())
                .containsExactly(
                        "config.yaml:3:65: error: `timeout`: the value of the environment variable T is not a number of seconds above 0, 30 days at most");
    }
}
