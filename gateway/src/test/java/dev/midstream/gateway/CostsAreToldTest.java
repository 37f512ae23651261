package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Headers;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request cost, and what its providers call it: in the log, and in heads not yet sent. */
class CostsAreToldTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String PRICED =
            Rig.CONFIGURATION.replace(
                    "api_key: sk-",
                    "input_cost_per_token: 0.25, output_cost_per_token: 2, api_key: sk-");

    private static Rig rig() {
        return new Rig(TransportKind.AUTO, PRICED, GatewayOptions.DEFAULTS);
    }

    private static JsonNode line(Rig rig) throws Exception {
        return JSON.readTree(rig.nextLogLine());
    }

    @Test
    void aPlainAnswerSaysWhatItCost() throws Exception {
        try (Rig rig = rig()) {
            rig.primary.enqueue(Answer.text("one two three"));
            SseClient client = rig.ask(Rig.request("primary", false));
            Headers headers = client.awaitHead().headers();
            client.awaitEnd();
            JsonNode usage = JSON.readTree(client.body()).path("usage");
            double cost =
                    0.25 * usage.path("prompt_tokens").asInt()
                            + 2 * usage.path("completion_tokens").asInt();
            assertThat(cost).isPositive();
            assertThat(headers.first("x-litellm-response-cost").map(Double::valueOf))
                    .hasValue(cost);
            assertThat(headers.first("x-midstream-response-cost").map(Double::valueOf))
                    .hasValue(cost);
            JsonNode line = line(rig);
            assertThat(line.path("cost").asDouble()).isEqualTo(cost);
            assertThat(line.path("attempts").path(0).path("cost").asDouble()).isEqualTo(cost);
        }
    }

    @Test
    void everyAttemptOfAnAnswerThatWentOnCounts() throws Exception {
        try (Rig rig = rig()) {
            String[] text = "The bridge was built in the year of the flood.".split("(?= )");
            rig.primary.enqueue(Answer.text(text).brokenAfterEvents(8, new Step.Cut()));
            rig.fallback.enqueue(Answer.text(text));
            rig.stream().awaitEnd();
            JsonNode line = line(rig);
            assertThat(line.path("outcome").asString()).isEqualTo("completed");
            JsonNode attempts = line.path("attempts");
            double first = attempts.path(0).path("cost").asDouble();
            double second = attempts.path(1).path("cost").asDouble();
            assertThat(first).isPositive();
            assertThat(second).isPositive();
            assertThat(line.path("cost").asDouble()).isEqualTo(first + second);
            assertThat(attempts.path(1).has("gap_ms")).isTrue();
        }
    }

    @Test
    void whatNobodyKnowsThePriceOfHasNone() throws Exception {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            rig.primary.enqueue(Answer.text("one two three"));
            SseClient client = rig.ask(Rig.request("primary", false));
            assertThat(client.awaitHead().headers().first("x-litellm-response-cost")).isEmpty();
            client.awaitEnd();
            assertThat(line(rig).has("cost")).isFalse();
        }
    }

    @Test
    void whatTheProviderCallsTheRequestIsTold() throws Exception {
        try (Rig rig = rig()) {
            rig.primary.enqueue(Answer.error(503, "server_error", "Down."));
            rig.fallback.enqueue(Answer.text("hi"));
            Headers headers = rig.stream().awaitHead().headers();
            JsonNode attempts = line(rig).path("attempts");
            assertThat(attempts.path(0).path("upstream_request_id").asString()).startsWith("req_");
            String served = attempts.path(1).path("upstream_request_id").asString();
            assertThat(served).startsWith("req_");
            assertThat(headers.first("x-midstream-upstream-request-id")).hasValue(served);
            assertThat(headers.first("llm_provider-x-request-id")).hasValue(served);
        }
    }
}
