package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.edge.Limits;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.model.Secret;
import dev.midstream.testkit.SseClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BadInputTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"text\"",
                "null",
                "{}",
                "{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"model\":\"primary\"}",
                "{\"model\":\"primary\",\"messages\":\"hi\"}",
                "{\"model\":\"primary\",\"messages\":[],\"stream\":\"yes\"}",
                "{\"model\":\"primary\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"api_base\":\"http://evil\"}",
            })
    void isRefusedInTheClientsFormWithoutARequestUpstream(String body) {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            assertError(rig, rig.ask(body), 400);
        }
    }

    @Test
    void anEmptyBodyIsRefused() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            SseClient client =
                    rig.keep(SseClient.to(rig.chat()).header("content-length", "0").post(""));
            assertError(rig, client, 400);
        }
    }

    @Test
    void anUnknownModelIsNotFoundAndNearNamesAreTold() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            JsonNode error = assertError(rig, rig.ask(Rig.request("primry", true)), 404);
            assertThat(error.path("code").asString()).isEqualTo("model_not_found");
            assertThat(error.path("message").asString()).contains("primry", "primary");
        }
    }

    @Test
    void aProviderThatIsNotThereYetIsNamed() {
        String configuration =
                """
                model_list:
                  - model_name: rock
                    litellm_params: {model: bedrock/anthropic.claude, api_key: x}
                """;
        try (Rig rig = new Rig(TransportKind.AUTO, configuration, GatewayOptions.DEFAULTS)) {
            JsonNode error = assertError(rig, rig.ask(Rig.request("rock", true)), 501);
            assertThat(error.path("message").asString()).contains("bedrock");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x-midstream-idle-timeout,soon",
        "x-litellm-num-retries,many",
        "x-midstream-mid-stream,maybe"
    })
    void aWrongSettingIsNamedWithWhatWasExpected(String header, String value) {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            SseClient client =
                    rig.keep(
                            SseClient.to(rig.chat())
                                    .header(header, value)
                                    .post(Rig.request("primary", true)));
            JsonNode error = assertError(rig, client, 400);
            assertThat(error.path("message").asString()).contains(header, value);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOversizedBodyIsRefusedWhetherItsLengthIsToldOrNot(boolean told) {
        GatewayOptions small =
                GatewayOptions.DEFAULTS.within(Limits.DEFAULTS.withMaxBodyBytes(10_000));
        try (Rig rig = new Rig(TransportKind.AUTO, Rig.CONFIGURATION, small)) {
            String body = Rig.request("primary", true) + " ".repeat(50_000);
            SseClient client = told ? rig.ask(body) : rig.keep(chunked(rig, body));
            assertError(rig, client, 413);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "33554433"})
    void aBodyThatIsDeclaredTooLargeIsRefusedWithoutWaitingForIt(String length) {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            SseClient client =
                    rig.keep(SseClient.to(rig.chat()).header("content-length", length).post("{"));
            assertError(rig, client, 413);
        }
    }

    @Test
    void aBodyThatStallsIsGivenUp() {
        Limits impatient =
                Limits.DEFAULTS.withPatience(
                        Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(10));
        try (Rig rig =
                new Rig(
                        TransportKind.AUTO,
                        Rig.CONFIGURATION,
                        GatewayOptions.DEFAULTS.within(impatient))) {
            SseClient client =
                    rig.keep(SseClient.to(rig.chat()).header("content-length", "1000").post("{"));
            assertError(rig, client, 408);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() {
        Limits impatient =
                Limits.DEFAULTS.withPatience(
                        Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300));
        try (Rig rig =
                        new Rig(
                                TransportKind.AUTO,
                                Rig.CONFIGURATION,
                                GatewayOptions.DEFAULTS.within(impatient));
                Silent silent = new Silent(rig.gateway.address())) {
            silent.write("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nx-slow: ");
            assertThat(silent.awaitEnd()).isTrue();
        }
    }

    @Test
    void anUnknownPathIsNotFoundAndAWrongMethodNotAllowed() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            assertError(rig, rig.keep(SseClient.post(rig.at("/v1/images/generations"), "{}")), 404);
            SseClient get = rig.keep(SseClient.to(rig.chat()).get());
            assertError(rig, get, 405);
            assertThat(get.awaitHead().headers().first("allow")).hasValue("POST");
        }
    }

    @ParameterizedTest
    @CsvSource({
        ",",
        "authorization,Bearer sk-wrong",
        "authorization,Basic sk-master",
        "x-api-key,sk-maste",
        "api-key,sk-master2"
    })
    void withoutTheMasterKeyNothingIsAsked(String header, String value) {
        try (Rig rig = locked()) {
            SseClient.Builder request = SseClient.to(rig.chat());
            if (header != null) {
                request.header(header, value);
            }
            SseClient client = rig.keep(request.post(Rig.request("primary", true)));
            JsonNode error = assertError(rig, client, 401);
            assertThat(error.path("message").asString()).doesNotContain("sk-");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "authorization,Bearer sk-master",
        "authorization,bearer sk-master",
        "x-api-key,sk-master",
        "api-key,sk-master"
    })
    void theMasterKeyIsTakenFromEachHeaderAndNeverLeaves(String header, String value) {
        try (Rig rig = locked()) {
            rig.primary.enqueue(dev.midstream.testkit.Answer.text("hi"));
            SseClient client =
                    rig.keep(
                            SseClient.to(rig.chat())
                                    .header(header, value)
                                    .post(Rig.request("primary", true)));
            assertThat(client.awaitHead().status()).isEqualTo(200);
            var upstream = rig.primary.nextExchange().request();
            assertThat(upstream.credential()).hasValue("sk-primary");
            assertThat(upstream.headers().toString()).doesNotContain("sk-master");
        }
    }

    @Test
    void healthIsToldWithoutAKeyAndModelsAreNot() {
        try (Rig rig = locked()) {
            SseClient alive = rig.keep(SseClient.to(rig.at("/health/liveliness")).get());
            alive.awaitEnd();
            assertThat(alive.text()).isEqualTo("\"I'm alive!\"");
            assertThat(
                            rig.keep(SseClient.to(rig.at("/health/readiness")).get())
                                    .awaitHead()
                                    .status())
                    .isEqualTo(200);
            assertError(rig, rig.keep(SseClient.to(rig.at("/v1/models")).get()), 401);
        }
    }

    private static Rig locked() {
        return new Rig(
                TransportKind.AUTO,
                Rig.CONFIGURATION,
                GatewayOptions.DEFAULTS.withMasterKey(Secret.of("sk-master")));
    }

    private static SseClient chunked(Rig rig, String body) {
        SseClient client = SseClient.to(rig.chat()).header("transfer-encoding", "chunked").post("");
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        client.write(
                (Integer.toHexString(length) + "\r\n" + body + "\r\n0\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        return client;
    }

    private static JsonNode assertError(Rig rig, SseClient client, int status) {
        assertThat(client.awaitHead().status()).isEqualTo(status);
        client.awaitEnd();
        JsonNode body = JSON.readTree(client.body());
        assertThat(body.path("error").path("message").asString())
                .isNotBlank()
                .doesNotContain("Exception", "dev.midstream");
        assertThat(body.path("error").path("type").asString()).isNotBlank();
        assertThat(rig.primary.requests()).isEmpty();
        assertThat(rig.gateway.liveCalls()).isZero();
        return body.path("error");
    }
}
