package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.Telemetry;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.model.Secret;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code /metrics}, as Prometheus sees it. */
class MetricsAreShownTest {

    private static final String[] TEXT =
            "The bridge was built in the year of the flood.".split("(?= )");
    private static final String PRICED =
            Rig.CONFIGURATION.replace(
                    "api_key: sk-",
                    "input_cost_per_token: 0.25, output_cost_per_token: 2, api_key: sk-");
    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)(\\{[^}]*})? \\S+$");

    private static Rig rig(Telemetry telemetry) {
        return new Rig(TransportKind.AUTO, PRICED, GatewayOptions.DEFAULTS.telling(telemetry));
    }

    private static HttpResponse<String> get(URI uri, String... headers) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri);
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static URI metrics(Rig rig) {
        return rig.gateway.baseUrl().resolve("/metrics");
    }

    /** One answer that went on, one error, one refusal. */
    private static String afterSomeTraffic(Rig rig) throws Exception {
        rig.primary.enqueue(Answer.text(TEXT).brokenAfterEvents(8, new Step.Cut()));
        rig.fallback.enqueue(Answer.text(TEXT));
        rig.stream().awaitEnd();
        rig.nextLogLine();
        rig.primary.enqueue(Answer.error(400, "invalid_request_error", "No."));
        rig.stream().awaitEnd();
        rig.nextLogLine();
        rig.ask(Rig.request("nobody-has-this-model", true)).awaitEnd();
        rig.nextLogLine();
        rig.awaitIdle();
        return get(metrics(rig)).body();
    }

    @Test
    void anAnswerThatWentOnIsCounted() throws Exception {
        try (Rig rig = rig(Telemetry.DEFAULTS)) {
            assertThat(afterSomeTraffic(rig))
                    .contains(
                            "midstream_requests_total{group=\"primary\",outcome=\"recovered\",protocol=\"openai-chat\",stream=\"true\"} 1.0",
                            "midstream_requests_total{group=\"primary\",outcome=\"failed\",protocol=\"openai-chat\",stream=\"true\"} 1.0",
                            "midstream_refused_total{protocol=\"openai-chat\",status=\"404\"} 1.0",
                            "cause=\"cut\"",
                            "midstream_recoveries_total{method=\"user_turn\",outcome=\"joined\"} 1.0",
                            "midstream_seam_gap_seconds_count{method=\"user_turn\"} 1",
                            "midstream_time_to_first_token_seconds_count{group=\"primary\"} 1",
                            "midstream_in_flight 0.0")
                    .containsPattern(
                            "midstream_seams_total\\{grade=\"\\w+\",method=\"user_turn\"} 1.0")
                    .containsPattern("midstream_tokens_salvaged_total\\{group=\"primary\"} [1-9]")
                    .containsPattern(
                            "midstream_tokens_paid_twice_total\\{group=\"primary\",kind=\"output\"} [1-9]")
                    .containsPattern(
                            "midstream_cost_dollars_total\\{deployment=\"\\w+\",group=\"fallback\"} [1-9]");
        }
    }

    @Test
    void whatClientsWriteNeverBecomesALabel() throws Exception {
        try (Rig rig = rig(new Telemetry(false, true, false, Map.of()))) {
            assertThat(afterSomeTraffic(rig)).doesNotContain("nobody-has-this-model");
        }
    }

    @Test
    void liteLlmsNamesAreThereWhereTheyAreAskedFor() throws Exception {
        try (Rig rig = rig(Telemetry.DEFAULTS)) {
            assertThat(afterSomeTraffic(rig)).doesNotContain("litellm_");
        }
        try (Rig rig = rig(new Telemetry(false, true, false, Map.of()))) {
            assertThat(afterSomeTraffic(rig))
                    .contains(
                            "litellm_proxy_total_requests_metric_total{requested_model=\"primary\",status_code=\"200\"} 1.0",
                            "litellm_proxy_failed_requests_metric_total{exception_class=\"BadRequestError\",exception_status=\"400\",requested_model=\"primary\"} 1.0",
                            "litellm_deployment_successful_fallbacks_total{fallback_model=\"fallback\",requested_model=\"primary\"} 1.0",
                            "litellm_requests_metric_total{model=\"one\",requested_model=\"primary\"} 2.0",
                            "litellm_in_flight_requests 0.0")
                    .containsPattern("litellm_deployment_state\\{[^}]*} 0.0")
                    .containsPattern("litellm_spend_metric_total\\{[^}]*} [1-9]");
        }
    }

    @Test
    void whoeverAsksForOpenMetricsGetsIt() throws Exception {
        try (Rig rig = rig(Telemetry.DEFAULTS)) {
            HttpResponse<String> open =
                    get(metrics(rig), "accept", "application/openmetrics-text; version=1.0.0");
            assertThat(open.headers().firstValue("content-type").orElseThrow())
                    .startsWith("application/openmetrics-text");
            assertThat(open.body()).endsWith("# EOF\n");
            assertThat(get(metrics(rig)).headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/plain");
        }
    }

    @Test
    void aKeyIsAskedForWhereThatIsSet() throws Exception {
        GatewayOptions keyed = GatewayOptions.DEFAULTS.withMasterKey(Secret.of("sk-master"));
        try (Rig rig = new Rig(TransportKind.AUTO, PRICED, keyed)) {
            assertThat(get(metrics(rig)).statusCode()).isEqualTo(200);
        }
        GatewayOptions closed = keyed.telling(new Telemetry(true, false, false, Map.of()));
        try (Rig rig = new Rig(TransportKind.AUTO, PRICED, closed)) {
            assertThat(get(metrics(rig)).statusCode()).isEqualTo(401);
            assertThat(get(metrics(rig), "authorization", "Bearer sk-master").statusCode())
                    .isEqualTo(200);
        }
    }

    /** The board asks for what is there, and the page on telemetry tells all of it. */
    @Test
    void theBoardAndThePageNameWhatIsThere() throws Exception {
        String shown;
        try (Rig rig = rig(new Telemetry(false, true, false, Map.of()))) {
            shown = afterSomeTraffic(rig);
        }
        TreeSet<String> there = new TreeSet<>(names(SERIES, shown));
        List<String> asked =
                names(
                        Pattern.compile("\\b((?:midstream|process|jvm)_\\w+)"),
                        read("deploy/grafana/midstream.json"));
        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(there).containsAll(asked);
        String page = read("docs/telemetry.md");
        assertThat(there)
                .allSatisfy(
                        name ->
                                assertThat(page)
                                        .contains(
                                                "`"
                                                        + name.replaceFirst(
                                                                "_(bucket|count|sum)$", "")));
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).distinct().toList();
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of("..").resolve(file));
    }
}
