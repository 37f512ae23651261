package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Encrypted and signed reasoning of earlier turns, over sockets. */
final class ReasoningGoesBackToItsMakerTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String YAML =
            """
            model_list:
              - model_name: mine
                litellm_params: {model: openai/gpt-5, api_base: os.environ/MINE, api_key: sk-mine}
              - model_name: yours
                litellm_params: {model: openai/gpt-5, api_base: os.environ/YOURS, api_key: sk-yours}
              - model_name: claude
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_base: os.environ/CLAUDE, api_key: sk-c}
            """;

    private final ScriptedProvider mine = ScriptedProvider.start("mine", Dialect.responses());
    private final ScriptedProvider yours = ScriptedProvider.start("yours", Dialect.responses());
    private final ScriptedProvider claude = ScriptedProvider.start("claude", Dialect.messages());
    private final Gateway gateway = gateway();

    private Gateway gateway() {
        Map<String, String> environment =
                Map.of(
                        "MINE", mine.baseUrl().toString(),
                        "YOURS", yours.baseUrl().toString(),
                        "CLAUDE", claude.baseUrl().toString());
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
        List.of(mine, yours, claude).forEach(ScriptedProvider::close);
    }

    @Test
    void encryptedReasoningGoesBackUnalteredToItsAccountAndToNobodyElse() {
        mine.enqueue(
                Answer.of(
                        new Step.Reasoning("Hm."),
                        new Step.Text("391"),
                        new Step.Finish("stop"),
                        new Step.Usage(9, 4),
                        new Step.Done()));
        JsonNode first = responses("mine", "[{\"role\":\"user\",\"content\":\"17*23?\"}]");
        String turns =
                "[{\"role\":\"user\",\"content\":\"17*23?\"},%s,%s,{\"role\":\"user\",\"content\":\"Sure?\"}]"
                        .formatted(first.at("/output/0"), first.at("/output/1"));
        assertThat(first.at("/output/0/encrypted_content").asString()).startsWith("ms1.");
        mine.enqueue(Answer.text("Yes."));
        responses("mine", turns);
        assertThat(reasoning(mine).path("encrypted_content").asString()).startsWith("gAAAAAB-mine");
        yours.enqueue(Answer.text("Yes."));
        responses("yours", turns);
        assertThat(reasoning(yours).isMissingNode()).isTrue();
    }

    private static JsonNode reasoning(ScriptedProvider provider) {
        for (JsonNode item : provider.requests().getLast().json().path("input")) {
            if (item.path("type").asString("").equals("reasoning")) {
                return item;
            }
        }
        return JSON.missingNode();
    }

    private JsonNode responses(String model, String input) {
        return json(
                "/v1/responses",
                "{\"model\":\""
                        + model
                        + "\",\"store\":false,\"include\":[\"reasoning.encrypted_content\"],\"input\":"
                        + input
                        + "}");
    }

    @Test
    void aRefusedSignatureIsAnsweredOnceOnTheSameTargetWithoutOldThinking() {
        claude.enqueue(
                Answer.error(
                        400,
                        "invalid_request_error",
                        "messages.1.content.0: Invalid `signature` in `thinking` block"),
                Answer.text("Sure."));
        JsonNode answer =
                json(
                        "/v1/messages",
                        """
                        {"model": "claude", "max_tokens": 4000, "thinking": {"type": "adaptive"}, "messages": [
                          {"role": "user", "content": "17*23?"},
                          {"role": "assistant", "content": [
                            {"type": "thinking", "thinking": "Hm.", "signature": "c3BvaWxlZA=="},
                            {"type": "text", "text": "391"}]},
                          {"role": "user", "content": "Sure?"}]}
                        """);
        assertThat(answer.at("/content/0/text").asString()).isEqualTo("Sure.");
        assertThat(claude.requests()).hasSize(2);
        String again = claude.requests().getLast().text();
        assertThat(again).contains("391").doesNotContain("signature", "Hm.", "adaptive");
    }

    private JsonNode json(String path, String body) {
        SseClient client = SseClient.post(gateway.baseUrl().resolve(path), body);
        int status = client.awaitHead().status();
        client.awaitEnd();
        assertThat(status).as(client.text()).isEqualTo(200);
        return JSON.readTree(client.text());
    }
}
