package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.SettingKey.Place;
import dev.midstream.provider.Provider;
import dev.midstream.provider.Provider.Kind;
import dev.midstream.provider.ProviderCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} and {@code docs/litellm.md} say what the code does. */
class TheReferenceIsTrueTest {

    private static final LiteLlmKeys KEYS = LiteLlmKeys.load();
    private static final ProviderCatalog PROVIDERS = ProviderCatalog.load();

    private static String document(String name) throws IOException {
        return Files.readString(Path.of("..", "docs", name));
    }

    private static String between(String document, String marker) {
        String begin = "<!-- " + marker + ": tested -->\n";
        int from = document.indexOf(begin);
        assertThat(from).as(begin).isNotNegative();
        return document.substring(from + begin.length(), document.indexOf("<!-- end -->", from))
                .strip();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(SettingKey key) {
        String places =
                Stream.of(Place.values())
                        .filter(key::at)
                        .map(
                                place ->
                                        switch (place) {
                                            case ROUTER -> "router";
                                            case GROUP -> "group";
                                            case DEPLOYMENT -> "deployment";
                                            case HEADER -> "header";
                                            case BODY -> "body";
                                        })
                        .collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        key.name(), places, key.value().expected(), key.byDefault(), key.meaning());
    }

    @Test
    void everySettingStandsInItsTable() throws IOException {
        String table =
                SettingKeys.ALL.stream()
                        .map(TheReferenceIsTrueTest::row)
                        .collect(Collectors.joining("\n"));
        assertThat(
                        between(document("configuration.md"), "settings")
                                .lines()
                                .skip(2)
                                .collect(Collectors.joining("\n")))
                .isEqualTo(table);
    }

    @Test
    void everyOtherKeyThatCountsStandsInTheReference() throws IOException {
        Set<String> keys = new java.util.TreeSet<>(SharedSettings.names());
        keys.addAll(KEYS.of("litellm_params_read"));
        keys.addAll(KEYS.of("model_list"));
        keys.addAll(
                List.of(
                        "include",
                        "environment_variables",
                        "credential_list",
                        "master_key",
                        "host",
                        "port",
                        "max_request_size_mb",
                        "transport",
                        "model_cost_map",
                        "base_model",
                        "max_parallel_requests",
                        "global_max_parallel_requests",
                        "cors_origins",
                        "drain_timeout",
                        "shutdown_delay",
                        "default_litellm_params",
                        "supports_assistant_prefill",
                        "id",
                        "mode"));
        String reference = document("configuration.md");
        assertThat(keys).allSatisfy(key -> assertThat(reference).contains(code(key)));
    }

    @Test
    void everyProviderThatIsSpokenStandsInItsTable() throws IOException {
        String table =
                PROVIDERS.names().stream()
                        .map(name -> PROVIDERS.find(name).orElseThrow())
                        .filter(provider -> provider.kind() != Kind.NOT_YET)
                        .map(TheReferenceIsTrueTest::row)
                        .collect(Collectors.joining("\n"));
        assertThat(
                        between(document("litellm.md"), "providers")
                                .lines()
                                .skip(2)
                                .collect(Collectors.joining("\n")))
                .isEqualTo(table);
    }

    private static String row(Provider provider) {
        String base =
                switch (provider.kind()) {
                    case AZURE -> "the resource's own";
                    case VERTEX -> "by location";
                    case OPENAI, ANTHROPIC, PLUGGED_IN, NOT_YET ->
                            provider.base() == null ? "yours" : provider.base();
                };
        String variables =
                Stream.concat(provider.keyVariables().stream(), provider.baseVariables().stream())
                        .map(TheReferenceIsTrueTest::code)
                        .collect(Collectors.joining(", "));
        return "| `%s/` | %s | %s |"
                .formatted(provider.name(), base, variables.isEmpty() ? "see below" : variables);
    }

    @Test
    void everyProviderThatIsNotThereYetIsNamed() throws IOException {
        String named =
                PROVIDERS.names().stream()
                        .filter(name -> PROVIDERS.find(name).orElseThrow().kind() == Kind.NOT_YET)
                        .map(TheReferenceIsTrueTest::code)
                        .collect(Collectors.joining(", "));
        assertThat(between(document("litellm.md"), "not yet").replaceAll("\\s+", " "))
                .isEqualTo(named);
    }

    @Test
    void everyKeyWithoutEffectIsNamed() throws IOException {
        String document = document("litellm.md");
        for (String section :
                List.of(
                        "router_settings",
                        "litellm_settings",
                        "general_settings",
                        "litellm_params",
                        "model_info")) {
            String named =
                    KEYS.of(section).stream()
                            .filter(key -> !read(section, key))
                            .sorted()
                            .map(TheReferenceIsTrueTest::code)
                            .collect(Collectors.joining(", "));
            assertThat(between(document, section).replaceAll("\\s+", " "))
                    .as(section)
                    .isEqualTo(named);
        }
    }

    /** Keys that LiteLLM's list names and that are read here. */
    private static boolean read(String section, String key) {
        List<String> general =
                List.of(
                        "master_key",
                        "host",
                        "port",
                        "max_request_size_mb",
                        "transport",
                        "model_cost_map",
                        "max_parallel_requests",
                        "global_max_parallel_requests",
                        "cors_origins",
                        "drain_timeout",
                        "shutdown_delay");
        return switch (section) {
            case "general_settings" -> general.contains(key);
            case "litellm_settings" ->
                    List.of(
                                            "master_key",
                                            "callbacks",
                                            "success_callback",
                                            "failure_callback",
                                            "service_callback",
                                            "service_callbacks",
                                            "require_auth_for_metrics_endpoint")
                                    .contains(key)
                            || SharedSettings.names().contains(key);
            case "router_settings" -> key.equals("default_litellm_params");
            default -> false;
        };
    }

    @Test
    void theExampleLoads() throws IOException {
        String document = document("configuration.md");
        int from = document.indexOf("```yaml\n") + "```yaml\n".length();
        Given example =
                Given.text(document.substring(from, document.indexOf("```", from)))
                        .with("OPENAI_API_KEY", "a")
                        .with("ANTHROPIC_API_KEY", "b")
                        .with("MASTER_KEY", "c");
        assertThat(example.warnings()).isEmpty();
        assertThat(example.read().router().groups()).hasSize(2);
    }
}
