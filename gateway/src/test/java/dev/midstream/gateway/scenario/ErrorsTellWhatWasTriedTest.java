package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The member {@code midstream} of final errors, and the headers beside them. */
class ErrorsTellWhatWasTriedTest {

    private static final String QUOTA = "You exceeded your current quota.";

    private static SseClient ask(World world, Scenario scenario) {
        SseClient client = world.ask(new ChatTalk().request(scenario, true), Map.of());
        client.awaitEnd(World.PATIENCE);
        return client;
    }

    private static List<String> attempts(JsonNode error) {
        return StreamSupport.stream(error.path("midstream").path("attempts").spliterator(), false)
                .map(
                        attempt ->
                                attempt.path("group").asString("")
                                        + " "
                                        + attempt.path("status").asInt()
                                        + " "
                                        + attempt.path("cause").asString("")
                                        + " "
                                        + attempt.path("upstream_request_id").asString("-"))
                .toList();
    }

    @Test
    void beforeTheCommitAsAResponse() {
        Scenario scenario =
                Scenario.of("500", "everywhere")
                        .primary(
                                Part.always(
                                        Answer.error(
                                                429,
                                                "insufficient_quota",
                                                QUOTA,
                                                "insufficient_quota",
                                                Map.of())))
                        .fallback(Part.error(401, "authentication_error", "No."))
                        .router("num_retries: 0");
        try (World world = new World(scenario, Pair.CHAT_CHAT, TransportKind.AUTO)) {
            SseClient client = ask(world, scenario);
            SseClient.Head head = client.awaitHead();
            JsonNode error = World.JSON.readTree(client.text()).path("error");
            assertThat(head.status()).isEqualTo(429);
            assertThat(error.path("message").asString("")).isEqualTo(QUOTA);
            assertThat(error.path("code").asString("")).isEqualTo("insufficient_quota");
            assertThat(error.path("midstream").path("delivered").asBoolean(true)).isFalse();
            assertThat(error.path("midstream").path("retryable").asBoolean(true)).isFalse();
            assertThat(attempts(error))
                    .containsExactly(
                            "primary 429 quota req_primary-1",
                            "fallback 401 authentication req_fallback-1");
            assertThat(head.headers().first("x-should-retry")).hasValue("false");
        }
    }

    @Test
    void afterTheCommitInTheStream() {
        Scenario scenario =
                Scenario.of("connection reset", "after 40 words")
                        .primary(Part.broken(40, new Step.Cut()))
                        .fallback(Part.error(503, "overloaded_error", "Busy."))
                        .router("num_retries: 0");
        try (World world = new World(scenario, Pair.CHAT_CHAT, TransportKind.AUTO)) {
            SseClient client = ask(world, scenario);
            JsonNode error =
                    Objects.requireNonNull(ChatStreamGrammar.check(client.body()).error()).error();
            assertThat(error.path("midstream").path("delivered").asBoolean(false)).isTrue();
            assertThat(error.path("midstream").path("retryable").asBoolean(false)).isTrue();
            assertThat(attempts(error))
                    .containsExactly("primary 0 cut -", "fallback 503 overloaded req_fallback-1");
            assertThat(client.text()).doesNotContain("[DONE]");
        }
    }

    @Test
    void neverByTheNamesOfOurOwnInsides() {
        Scenario scenario =
                Scenario.of("garbage", "everywhere")
                        .primary(Part.always(Answer.of(new Step.Event("no JSON"))))
                        .router("num_retries: 0");
        try (World world = new World(scenario, Pair.CHAT_CHAT, TransportKind.AUTO)) {
            assertThat(ask(world, scenario).text())
                    .doesNotContain("Exception")
                    .doesNotContain("dev.midstream")
                    .doesNotContain("netty");
        }
    }
}
