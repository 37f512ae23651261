package dev.midstream.client;

import static dev.midstream.client.DeploymentSettings.deployment;
import static dev.midstream.client.GroupSettings.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.ModelGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutersAreDescribedInCodeTest {

    private static RouterBuilder builder() {
        return new RouterBuilder().environment(Map.of());
    }

    private static ModelGroup named(RouterPlan plan, String name) {
        return plan.config().groups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void modelsFallbacksAndSettings() {
        RouterPlan plan =
                builder()
                        .model(
                                "chat",
                                deployment("anthropic/claude-sonnet-4-5")
                                        .apiKey("k1")
                                        .idleTimeout(Duration.ofMillis(1500)))
                        .model(
                                "chat",
                                deployment("openai/gpt-4o").apiKey(Secret.of("k2")).weight(2))
                        .model("backup", deployment("mistral/mistral-large-latest").apiKey("k3"))
                        .group("chat", group().midStream(MidStream.RESTART))
                        .fallback("chat", "backup")
                        .alias("gpt-4", "chat")
                        .numRetries(3)
                        .plan();
        assertThat(plan.warnings()).isEmpty();
        ModelGroup chat = named(plan, "chat");
        assertThat(chat.deployments()).hasSize(2);
        assertThat(chat.deployments().get(0).clocks().idle()).isEqualTo(Duration.ofMillis(1500));
        assertThat(chat.deployments().get(1).weight()).isEqualTo(2);
        assertThat(chat.deployments().get(1).endpoint().credential())
                .isEqualTo(new Credential.Header("Authorization", "Bearer ", Secret.of("k2")));
        assertThat(chat.settings().midStream()).isEqualTo(MidStream.RESTART);
        assertThat(chat.fallbacks().general()).isEqualTo(Fallback.to("backup"));
        assertThat(plan.config().aliases().get("gpt-4").group()).isEqualTo("chat");
        assertThat(plan.config().settings().numRetries()).isEqualTo(3);
    }

    @Test
    void codeComesOverAFileAndItsIncludes(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("models.yaml"),
                "model_list: [{model_name: chat, litellm_params: {model: openai/gpt-4o, api_key: k}}]");
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, "include: [models.yaml]\nlitellm_settings: {num_retries: 1}\n");
        RouterPlan plan =
                builder()
                        .numRetries(4)
                        .model("chat", deployment("openai/gpt-4o-mini").apiKey("k"))
                        .config(file)
                        .plan();
        assertThat(named(plan, "chat").deployments()).hasSize(2);
        assertThat(plan.config().settings().numRetries()).isEqualTo(4);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void aBuilderMayBeUsedAgainAndItsPartsToo() {
        DeploymentSettings common = deployment("openai/gpt-4o").apiKey("k");
        RouterBuilder builder = builder().model("a", common.weight(2)).model("b", common);
        RouterPlan first = builder.plan();
        assertThat(builder.plan().config()).isEqualTo(first.config());
        assertThat(named(first, "a").deployments().get(0).weight()).isEqualTo(2);
        assertThat(named(first, "b").deployments().get(0).weight()).isEqualTo(1);
    }
}
