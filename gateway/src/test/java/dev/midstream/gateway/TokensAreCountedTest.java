package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.assertion.Requests;
import dev.midstream.testkit.junit.Providers;
import java.io.FileNotFoundException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/messages/count_tokens}. */
final class TokensAreCountedTest {

    private static final String YAML =
            """
            model_list:
              - model_name: claude
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_base: os.environ/URL, api_key: sk-key}
              - model_name: gpt
                litellm_params: {model: openai/gpt-5, api_base: 'http://127.0.0.1:9', api_key: k}
            """;

    @RegisterExtension final Providers providers = new Providers();

    private final ScriptedProvider claude = providers.start("claude", Protocol.MESSAGES);
    private final Gateway gateway = gateway();

    private Gateway gateway() {
        Map<String, String> environment = Map.of("URL", claude.baseUrl().toString());
        try {
            return Gateway.start(
                    GatewayOptions.DEFAULTS.drainingFor(Duration.ofMillis(100)),
                    new ConfigurationReader(
                                    environment::get,
                                    path -> {
                                        throw new FileNotFoundException(path);
                                    })
                            .read("config.yaml", YAML)
                            .router(),
                    RequestLog.json(line -> {}));
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void byTheUpstreamWhereItIsClaude() {
        claude.route(
                "/v1/messages/count_tokens",
                Answer.of(
                        new Step.RawHead(
                                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                                        + "content-length: 19\r\n\r\n{\"input_tokens\":17}"),
                        new Step.AwaitRelease(new Gate())));
        JsonNode counted = count("claude", 200);
        assertThat(counted.path("input_tokens").asInt()).as("%s", counted).isEqualTo(17);
        Requests.to(claude).only().asksFor("claude-sonnet-4-6").hasNo("/max_tokens");
    }

    @Test
    void byAnEstimateWhereNobodyCanBeAsked() {
        assertThat(count("gpt", 200).path("input_tokens").asInt()).isBetween(4, 40);
    }

    @Test
    void unknownModelsAndBrokenBodiesAreTheClientsOwnError() {
        assertThat(count("nobody", 404).at("/error/type").asString()).isEqualTo("not_found_error");
        SseClient client = SseClient.post(url(), "{\"model\":\"gpt\"}");
        assertThat(client.awaitHead().status()).isEqualTo(400);
        client.awaitEnd();
        assertThat(client.text()).contains("messages");
    }

    private URI url() {
        return gateway.baseUrl().resolve("/v1/messages/count_tokens");
    }

    private JsonNode count(String model, int status) {
        String body =
                "{\"model\":\""
                        + model
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"How many tokens are these?\"}]}";
        SseClient client = SseClient.post(url(), body);
        int got = client.awaitHead().status();
        client.awaitEnd();
        assertThat(got).as(client.text()).isEqualTo(status);
        return JsonMapper.shared().readTree(client.text());
    }
}
