package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a credential, nothing of it is said. */
class SecretsNeverReachDiagnosticsTest {

    private static final String SECRET = "hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model: openai/x, api_key: 'hunter2 with blanks'",
                "model: openai/x, api_key: [hunter2]",
                "model: openai/x, api_key: {a: hunter2}",
                "model: openai/x, api_key: k, api_base: 'https://user:hunter2@host/v1'",
                "model: openai/x, api_key: k, api_base: 'https://hunter2@ho st/v1'",
                "model: openai/x, api_key: \"hunter2\\u00e4\"",
                "model: openai/x, api_key: os.environ/S",
                "model: openai/x, api_key: k, api_base: os.environ/U",
                "model: openai/x, api_key: k, extra_headers: {Authorization: \"Bearer hunter2\\n\"}",
                "model: vertex_ai/claude-x, vertex_project: p, vertex_credentials: '{\"private_key\": \"hunter2\"}'",
                "model: vertex_ai/claude-x, vertex_project: p, vertex_credentials: '{hunter2'",
            })
    void inErrors(String params) {
        List<String> said =
                Given.params(params).with("S", "hunter2 x").with("U", "ftp://hunter2/").rejected();
        assertThat(said).isNotEmpty().noneMatch(message -> message.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model: openai/x, api_key: hunter2, api_kye: 1",
                "model: bedrock/x, aws_secret_access_key: hunter2",
                "model: openai/x, api_key: k, api_keyy: hunter2",
                "model: azure/x, azure_ad_token: hunter2, tenant_id: hunter2",
            })
    void inWarnings(String params) {
        List<String> said = Given.params(params).warnings();
        assertThat(said).isNotEmpty().noneMatch(message -> message.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"master_key: hunter2", "master_key: os.environ/S1"})
    void inWhatIsPrinted(String general) {
        Configuration read =
                Given.sections("general_settings: {" + general + "}\n").with("S1", SECRET).read();
        assertThat(read.general().masterKey().reveal()).isEqualTo(SECRET);
        assertThat(read.toString()).doesNotContain(SECRET);
    }
}
