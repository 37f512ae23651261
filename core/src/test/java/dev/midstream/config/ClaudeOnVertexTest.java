package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Claude on Vertex AI is asked and in whose name. URL forms: Anthropic's SDK for Vertex. */
class ClaudeOnVertexTest {

    private static final String USER =
            "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s\",\"refresh_token\":\"r\",\"quota_project_id\":\"q\"}";

    @ParameterizedTest
    @CsvSource({
        "us-east5, https://us-east5-aiplatform.googleapis.com",
        "global, https://aiplatform.googleapis.com",
        "us, https://aiplatform.us.rep.googleapis.com",
        "eu, https://aiplatform.eu.rep.googleapis.com",
    })
    void eachLocationHasItsHost(String location, String host) {
        assertThat(
                        Given.params(
                                "model: vertex_ai/claude-opus-4-5@20251101, vertex_project: p, vertex_location: "
                                        + location)
                                .deployment()
                                .endpoint()
                                .stream())
                .hasToString(
                        host
                                + "/v1/projects/p/locations/"
                                + location
                                + "/publishers/anthropic/models/claude-opus-4-5@20251101:streamRawPredict");
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:9", "http://127.0.0.1:9/", "http://127.0.0.1:9/v1"})
    void aBaseOverridesTheHost(String base) {
        assertThat(
                        Given.params(
                                        "model: vertex_ai/claude-x, vertex_project: p, vertex_location: l, api_base: '"
                                                + base
                                                + "'")
                                .deployment()
                                .endpoint()
                                .plain())
                .hasToString(
                        "http://127.0.0.1:9/v1/projects/p/locations/l/publishers/anthropic/models/claude-x:rawPredict");
    }

    @Test
    void bothSpellingsOfTheKeysCountAndTheVariablesDo() {
        Given spelt =
                Given.params(
                        "model: vertex_ai/claude-x, vertex_ai_project: p, vertex_ai_location: us-east5");
        Given variables =
                Given.params("model: vertex_ai/claude-x")
                        .with("VERTEXAI_PROJECT", "p")
                        .with("VERTEXAI_LOCATION", "us-east5");
        assertThat(spelt.deployment().endpoint()).isEqualTo(variables.deployment().endpoint());
        assertThat(spelt.warnings()).isEmpty();
        assertThat(variables.warnings()).isEmpty();
    }

    @Test
    void credentialsAreAFileOrJsonOrAMapping() {
        String params =
                "model: vertex_ai/claude-x, vertex_project: p, vertex_location: global, vertex_credentials: ";
        Credential expected = new Credential.GoogleToken(Secret.of(USER));
        assertThat(
                        Given.params(params + "keys/u.json")
                                .file("keys/u.json", USER)
                                .deployment()
                                .endpoint()
                                .credential())
                .isEqualTo(expected);
        assertThat(Given.params(params + "'" + USER + "'").deployment().endpoint().credential())
                .isEqualTo(expected);
        assertThat(Given.params(params + USER).deployment().endpoint().credential())
                .isEqualTo(expected);
        assertThat(
                        Given.params(params + "os.environ/G")
                                .with("G", USER)
                                .deployment()
                                .endpoint()
                                .credential())
                .isEqualTo(expected);
    }

    @Test
    void theUsualPlacesOfCredentialsCount() {
        String params = "model: vertex_ai/claude-x, vertex_location: global";
        Given named =
                Given.params(params)
                        .with("GOOGLE_APPLICATION_CREDENTIALS", "/k.json")
                        .file("/k.json", USER);
        Given loggedIn =
                Given.params(params)
                        .with("HOME", "/h")
                        .file("/h/.config/gcloud/application_default_credentials.json", USER);
        for (Given given : new Given[] {named, loggedIn}) {
            assertThat(given.deployment().endpoint().credential())
                    .isEqualTo(new Credential.GoogleToken(Secret.of(USER)));
            assertThat(given.deployment().endpoint().plain().getPath()).contains("/projects/q/");
        }
    }

    @Test
    void aKeyFileThatCannotBeReadIsAnErrorThatShowsNothingOfIt() {
        String params =
                "model: vertex_ai/claude-x, vertex_project: p, vertex_location: global, vertex_credentials: ";
        assertThat(Given.params(params + "nowhere.json").rejected())
                .anySatisfy(
                        e ->
                                assertThat(e)
                                        .contains(
                                                "the credential file that vertex_credentials names cannot be read"));
        assertThat(
                        Given.params(params + "k.json")
                                .file(
                                        "k.json",
                                        "{\"type\":\"service_account\",\"private_key\":\"hush\"}")
                                .rejected())
                .containsExactly(
                        "config.yaml:3:113: error: `m`: the Google credential cannot be used: it has no `client_email`");
    }

    @Test
    void withoutAProjectItIsMissing() {
        Given given = Given.params("model: vertex_ai/claude-x");
        assertThat(given.deployment().endpoint().credential())
                .isInstanceOf(Credential.Missing.class);
        assertThat(given.warnings())
                .hasSize(2)
                .anySatisfy(
                        w ->
                                assertThat(w)
                                        .contains("has no `vertex_project`: set VERTEXAI_PROJECT"));
    }

    @Test
    void aLocationThatIsNoneIsAnError() {
        assertThat(
                        Given.params(
                                        "model: vertex_ai/claude-x, vertex_project: p, vertex_location: 'evil.example/'")
                                .rejected())
                .anySatisfy(e -> assertThat(e).contains("must be a region"));
    }

    @Test
    void whatIsNotClaudeIsNotThereYet() {
        Given given = Given.params("model: vertex_ai/gemini-2.5-pro");
        assertThat(given.deployment().unusable()).contains("only Claude is there yet");
    }
}
