package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Headers;
import dev.midstream.testkit.SseClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HeadersTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Answer OVERLOADED =
            Answer.error(
                    429,
                    "rate_limit_error",
                    "Slow down.",
                    "rate_limit_exceeded",
                    Map.of("retry-after", "7"));

    @Test
    void aStreamSaysWhoServesItAndThatNobodyMayHoldItUp() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            rig.primary.enqueue(OVERLOADED);
            rig.fallback.enqueue(Answer.text("hi"));
            SseClient client = rig.stream();
            Headers headers = client.awaitHead().headers();
            assertThat(headers.first("content-type").orElseThrow()).startsWith("text/event-stream");
            assertThat(headers.first("cache-control")).hasValue("no-cache, no-transform");
            assertThat(headers.first("x-accel-buffering")).hasValue("no");
            assertThat(headers.first("x-midstream-call-id").orElseThrow()).hasSizeGreaterThan(20);
            assertThat(headers.first("x-midstream-model-group")).hasValue("fallback");
            assertThat(headers.first("x-midstream-deployment")).isPresent();
            assertThat(headers.first("x-midstream-attempts")).hasValue("2");
            assertThat(headers.first("x-midstream-fallbacks")).hasValue("1");
            assertThat(headers.first("x-litellm-call-id"))
                    .isEqualTo(headers.first("x-midstream-call-id"));
            assertThat(headers.first("x-litellm-model-group")).hasValue("fallback");
            assertThat(headers.first("x-litellm-model-id"))
                    .isEqualTo(headers.first("x-midstream-deployment"));
            assertThat(headers.first("x-litellm-version")).isPresent();
            assertThat(headers.first("x-litellm-attempted-retries")).hasValue("0");
            assertThat(headers.first("x-litellm-max-retries")).hasValue("2");
            assertThat(headers.first("x-litellm-attempted-fallbacks")).hasValue("1");
            assertThat(headers.first("x-litellm-max-fallbacks")).hasValue("5");
            assertThat(number(headers, "x-litellm-response-duration-ms")).isNotNegative();
            assertThat(headers.first("x-litellm-model-api-base")).isEmpty();
            client.awaitEnd();
        }
    }

    @Test
    void aPlainAnswerHasItsLength() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            rig.primary.enqueue(Answer.text("hi"));
            SseClient client = rig.ask(Rig.request("primary", false));
            Headers headers = client.awaitHead().headers();
            client.awaitEnd();
            assertThat(headers.first("content-length"))
                    .hasValue(Integer.toString(client.body().length));
            assertThat(headers.first("content-type")).hasValue("application/json");
            assertThat(headers.first("x-midstream-attempts")).hasValue("1");
            assertThat(number(headers, "x-litellm-overhead-duration-ms"))
                    .isBetween(0L, number(headers, "x-litellm-response-duration-ms"));
        }
    }

    @Test
    void aRetryIsCountedAndTheRequestsOwnLimitIsShown() {
        String alone = Rig.CONFIGURATION.replace("fallbacks: [{primary: [fallback]}]", "");
        try (Rig rig = new Rig(TransportKind.AUTO, alone, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(Answer.error(500, "server_error", "Down."));
            rig.primary.enqueue(Answer.text("hi"));
            SseClient client =
                    rig.keep(
                            SseClient.to(rig.chat())
                                    .header("x-litellm-num-retries", "1")
                                    .post(Rig.request("primary", false)));
            Headers headers = client.awaitHead().headers();
            assertThat(headers.first("x-litellm-attempted-retries")).hasValue("1");
            assertThat(headers.first("x-litellm-max-retries")).hasValue("1");
        }
    }

    private static long number(Headers headers, String name) {
        return Long.parseLong(headers.first(name).orElseThrow());
    }

    @Test
    void aFinalErrorIsTheFirstOneWithItsWaitAndNoInvitationToRetry() throws Exception {
        String configuration = Rig.CONFIGURATION + "  num_retries: 0\n";
        try (Rig rig = new Rig(TransportKind.AUTO, configuration, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(OVERLOADED);
            rig.fallback.enqueue(Answer.error(503, "server_error", "Down."));
            SseClient client = rig.stream();
            SseClient.Head head = client.awaitHead();
            client.awaitEnd();
            assertThat(head.status()).isEqualTo(429);
            assertThat(head.headers().first("retry-after").map(Integer::parseInt).orElseThrow())
                    .isBetween(1, 7);
            assertThat(head.headers().first("x-should-retry")).hasValue("false");
            assertThat(head.headers().first("x-midstream-attempts")).hasValue("2");
            assertThat(head.headers().first("x-litellm-model-group")).hasValue("primary");
            assertThat(head.headers().first("x-litellm-attempted-fallbacks")).hasValue("1");
            assertThat(head.headers().first("x-litellm-max-retries")).hasValue("0");
            JsonNode error = JSON.readTree(client.body()).path("error");
            assertThat(error.path("message").asString()).contains("Slow down.");
            assertThat(error.path("midstream").path("attempts")).hasSize(2);
            JsonNode line = JSON.readTree(rig.nextLogLine());
            assertThat(line.path("status").asInt()).isEqualTo(429);
            assertThat(line.path("attempts")).hasSize(2);
        }
    }

    @Test
    void theUpstreamIsToldWhoAsksAndNothingOfTheClientsCredential() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            rig.primary.enqueue(Answer.text("hi"));
            rig.keep(
                            SseClient.to(rig.chat())
                                    .header("authorization", "Bearer sk-of-the-client")
                                    .header("cookie", "session=1")
                                    .header("x-midstream-idle-timeout", "30")
                                    .post(Rig.request("primary", true)))
                    .awaitEnd();
            Headers headers = rig.primary.nextExchange().request().headers();
            assertThat(headers.first("user-agent").orElseThrow()).startsWith("midstream/");
            assertThat(headers.first("authorization")).hasValue("Bearer sk-primary");
            assertThat(headers.first("content-type")).hasValue("application/json");
            assertThat(headers.first("cookie")).isEmpty();
            assertThat(headers.first("x-midstream-idle-timeout")).isEmpty();
        }
    }

    @Test
    void aCredentialThatAnUpstreamRepeatsReachesNeitherClientNorLog() throws Exception {
        String configuration =
                Rig.CONFIGURATION.replace("fallbacks: [{primary: [fallback]}]", "num_retries: 0");
        try (Rig rig = new Rig(TransportKind.AUTO, configuration, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(
                    Answer.error(
                            401,
                            "invalid_request_error",
                            "Incorrect API key provided: sk-primary."));
            SseClient client = rig.stream();
            client.awaitEnd();
            assertThat(client.text())
                    .contains("Incorrect API key provided")
                    .doesNotContain("sk-primary");
            assertThat(rig.nextLogLine()).doesNotContain("sk-primary");
        }
    }

    @Test
    void aLogLineHasTheLabelsAndNothingThatWasSaid() throws Exception {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            rig.primary.enqueue(Answer.text("a secret answer"));
            String body =
                    Rig.request("primary", true)
                            .replaceFirst(
                                    "\\{",
                                    "{\"metadata\":{\"team\":\n\"river\"},\"tags\":[\"a\"],");
            rig.ask(body).awaitEnd();
            String text = rig.nextLogLine();
            JsonNode line = JSON.readTree(text);
            assertThat(text).doesNotContain("\n", "secret", "story");
            assertThat(line.path("metadata").path("team").asString()).isEqualTo("river");
            assertThat(line.path("tags").get(0).asString()).isEqualTo("a");
            assertThat(line.path("usage").path("output").asInt()).isPositive();
            assertThat(line.path("attempts").get(0).path("served").asBoolean()).isTrue();
        }
    }
}
