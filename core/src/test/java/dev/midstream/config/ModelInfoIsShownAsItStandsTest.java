package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Json;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelInfoIsShownAsItStandsTest {

    @Test
    void anythingMayStandThere() {
        assertThat(
                        info(
                                "mode: chat, max_input_tokens: 1000, input_cost_per_token: 2.5e-06, supports_vision: true, owner: {team: [a, 7, null]}, weights: 0x1F"))
                .containsEntry("mode", "\"chat\"")
                .containsEntry("max_input_tokens", "1000")
                .containsEntry("supports_vision", "true")
                .containsEntry("owner", "{\"team\":[\"a\",7,null]}")
                .containsEntry("weights", "\"0x1F\"")
                .hasEntrySatisfying(
                        "input_cost_per_token",
                        cost -> assertThat(Double.parseDouble(cost)).isEqualTo(2.5e-6));
    }

    @Test
    void noVariableIsResolvedAndNoSecretShown() {
        Map<String, String> shown =
                Given.info(
                                "note: os.environ/NOTE, health_api_key: sk-1, nested: {client_secret: abc, x: 1}")
                        .with("NOTE", "top secret")
                        .deployment()
                        .info()
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().text()));
        assertThat(shown)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("note", "\"os.environ/NOTE\"", "nested", "{\"x\":1}"));
    }

    private static Map<String, String> info(String text) {
        Map<String, Json> info = Given.info(text).deployment().info();
        return info.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().text()));
    }
}
