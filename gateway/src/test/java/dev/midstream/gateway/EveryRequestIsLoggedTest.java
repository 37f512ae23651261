package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.model.Secret;
import dev.midstream.testkit.SseClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EveryRequestIsLoggedTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void aVisitOfWhatIsBesideHasItsRouteAndItsStatusWithoutWhatWasPutIntoIt() throws Exception {
        try (Rig rig = locked()) {
            SseClient.Head head = get(rig, "/v1/responses/resp_secret?key=sk-1", "sk-master");
            JsonNode line = nextLine(rig);
            assertThat(line.path("outcome").asString()).isEqualTo("visited");
            assertThat(line.path("method").asString()).isEqualTo("GET");
            assertThat(line.path("path").asString()).isEqualTo("/v1/responses/{}");
            assertThat(line.path("status").asInt()).isEqualTo(head.status()).isEqualTo(404);
            assertThat(line.path("protocol").asString()).isEqualTo("openai-responses");
            assertThat(head.headers().first("x-midstream-call-id"))
                    .hasValue(line.path("call_id").asString());
            assertThat(line.path("ms").isNumber()).isTrue();
            assertThat(line.toString()).doesNotContain("secret", "sk-1");
        }
    }

    @Test
    void aKeyThatIsRefusedIsLoggedWithoutIt() throws Exception {
        try (Rig rig = locked()) {
            SseClient.Head head = get(rig, "/v1/models", "sk-wrong");
            JsonNode line = nextLine(rig);
            assertThat(line.path("outcome").asString()).isEqualTo("refused");
            assertThat(line.path("status").asInt()).isEqualTo(401);
            assertThat(line.path("path").asString()).isEqualTo("/v1/models");
            assertThat(head.headers().first("x-midstream-call-id"))
                    .hasValue(line.path("call_id").asString());
            assertThat(line.toString()).doesNotContain("sk-");
        }
    }

    @Test
    void aPathWhereNothingIsServedIsLoggedWithoutWhatMightBeAKey() throws Exception {
        try (Rig rig = locked()) {
            get(rig, "/v2/sk-123/abcdefghijklmnopqrstuvwxyz/a%20b/rerank?x=1", "sk-master");
            JsonNode line = nextLine(rig);
            assertThat(line.path("status").asInt()).isEqualTo(404);
            assertThat(line.path("path").asString()).isEqualTo("/v2/…/…/…/rerank");
            assertThat(line.has("protocol")).isFalse();
        }
    }

    @Test
    void probesAreNotLogged() throws Exception {
        try (Rig rig = locked()) {
            get(rig, "/health/liveliness", "sk-master");
            get(rig, "/health/readiness", "sk-master");
            get(rig, "/nowhere", "sk-master");
            assertThat(nextLine(rig).path("path").asString()).isEqualTo("/nowhere");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/mod\u00e9ls", "/v1/\u0080", "/v1/a\u007fb"})
    void aUrlThatIsNoneIsAnswered(String path) throws Exception {
        try (Rig rig = locked();
                Silent client = new Silent(rig.gateway.address())) {
            client.write("GET " + path + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
            assertThat(client.awaitAll()).startsWith("HTTP/1.1 400").contains("\"error\"");
            assertThat(nextLine(rig).path("status").asInt()).isEqualTo(400);
        }
    }

    private static SseClient.Head get(Rig rig, String path, String key) {
        SseClient client =
                rig.keep(SseClient.to(rig.at(path)).header("authorization", "Bearer " + key).get());
        SseClient.Head head = client.awaitHead();
        client.awaitEnd();
        return head;
    }

    private static JsonNode nextLine(Rig rig) throws InterruptedException {
        return JSON.readTree(rig.nextLogLine());
    }

    private static Rig locked() {
        return new Rig(
                TransportKind.AUTO,
                Rig.CONFIGURATION,
                GatewayOptions.DEFAULTS.withMasterKey(Secret.of("sk-master")));
    }
}
