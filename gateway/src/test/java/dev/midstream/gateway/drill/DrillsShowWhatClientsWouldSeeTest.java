package dev.midstream.gateway.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.drill.DrillReport.Row;
import dev.midstream.testkit.scenario.Wire;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DrillsShowWhatClientsWouldSeeTest {

    private static final Path MATRIX = Path.of("..", "docs", "failure-matrix.md");
    private static final Path DOCUMENT = Path.of("..", "docs", "check-and-drill.md");
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "<!-- drill: tested -->\n```text\n\\$ .* --only '(.*)'\n\n(.*?)```",
                    Pattern.DOTALL);
    private static final String AFTER_FORTY = "^connection reset, after 40 of 60 words$";
    private static final String PAIR =
            """
            model_list:
              - model_name: first
                litellm_params: {model: anthropic/claude-haiku-4-5, api_key: sk-not-sent}
              - model_name: second
                litellm_params: {model: %s, api_key: sk-not-sent}
                model_info: {%s}
            router_settings: {fallbacks: [{first: [second]}]}
            """;

    /** Each of them is played for somebody, and holds. */
    @Test
    void theDemosShowsEveryRowOfTheFailureMatrix() throws IOException, InvalidConfiguration {
        DrillReport report = drill(demo(), "");
        Set<String> played =
                report.chains().stream()
                        .flatMap(chain -> chain.rows().stream())
                        .filter(Row::played)
                        .map(row -> row.failure() + " | " + row.phase())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(played).isEqualTo(published());
        assertThat(DrillText.of(report)).doesNotContain("BROKEN");
        assertThat(report.exitStatus()).isZero();
    }

    /** But for the times. */
    @Test
    void theDocumentedExampleIsWhatIsShown() throws IOException, InvalidConfiguration {
        Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
        assertThat(example.find()).isTrue();
        Pattern only = Pattern.compile(example.group(1));
        DrillReport report =
                new Drill(config(demo()), "river-primary"::equals, only.asPredicate())
                        .run("the demo");
        assertThat(timeless(DrillText.of(report))).isEqualTo(timeless(example.group(2)));
    }

    private static String timeless(String text) {
        return text.replaceAll("\\d+\\.\\d\\d s", "? s");
    }

    private static String demo() throws IOException {
        Path file = Path.of("src/main/resources/dev/midstream/gateway/cli/demo.yaml");
        return Files.readString(file).replaceAll("os.environ/\\w+", "http://127.0.0.1:9");
    }

    /** Failures and when they happen, without who they happen to. */
    private static Set<String> published() throws IOException {
        return Files.readAllLines(MATRIX).stream()
                .dropWhile(line -> !line.startsWith("| failure | when |"))
                .skip(2)
                .map(line -> line.split(" \\| ", 3))
                .map(cells -> cells[0].substring(2) + " | " + cells[1])
                .map(row -> row.replaceFirst(" \\([^()]*\\)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whoTakesAPrefillGetsOne() throws InvalidConfiguration {
        assertThat(cells(PAIR.formatted("mistral/mistral-large", ""), AFTER_FORTY))
                .containsOnly("whole, continued by prefix on second, seam exact");
        assertThat(
                        cells(
                                PAIR.formatted("hosted_vllm/llama, api_base: 'http://h'", ""),
                                AFTER_FORTY))
                .containsOnly("whole, continued by continue final message on second, seam exact");
    }

    @Test
    void aPatternIsRehearsedByANameThatItMatches() throws InvalidConfiguration {
        String yaml =
                """
                model_list:
                  - model_name: anthropic/*
                    litellm_params: {model: anthropic/*, api_key: sk-not-sent}
                  - model_name: mistral/*
                    litellm_params: {model: mistral/*, api_key: sk-not-sent}
                  - model_name: "*"
                    litellm_params: {model: "*", api_key: sk-not-sent}
                router_settings: {fallbacks: [{anthropic/*: [mistral/large]}]}
                """;
        DrillReport report = drill(yaml, AFTER_FORTY);
        assertThat(report.chains())
                .extracting(DrillReport.Chain::group)
                .containsExactly("anthropic/*", "mistral/*");
        assertThat(report.chains().getFirst().walk())
                .containsExactly("anthropic/* (anthropic/rehearsal)", "mistral/* (mistral/large)");
        assertThat(report.chains().getFirst().rows().getFirst().cells().values())
                .extracting(Cell::words)
                .containsOnly("whole, continued by prefix on mistral/*, seam exact");
    }

    @Test
    void whoMakesEmbeddingsHasNothingToRehearse() throws InvalidConfiguration {
        String embeddings =
                "  - {model_name: vectors, litellm_params: {model: text-embedding-3-small, api_key: k}, model_info: {mode: embedding}}\nrouter_settings";
        String yaml =
                PAIR.formatted("mistral/mistral-large", "").replace("router_settings", embeddings);
        assertThat(drill(yaml, AFTER_FORTY).chains())
                .extracting(DrillReport.Chain::group)
                .containsExactly("first", "second");
    }

    /** By the table, whatever an override promises; the gateway finds out and asks otherwise. */
    @Test
    void aPrefillIsRefusedWhereTheTableSaysSo() throws InvalidConfiguration {
        String yaml =
                PAIR.formatted("anthropic/claude-sonnet-4-6", "supports_assistant_prefill: true");
        Row row = rows(yaml, AFTER_FORTY).getFirst();
        Cell cell = row.cells().get(Wire.CHAT);
        assertThat(cell).isNotNull();
        assertThat(cell.words())
                .isEqualTo("whole, continued by user turn on second, seam anchored");
        assertThat(cell.attempts()).isEqualTo(3);
    }

    @Test
    void theOperatorsSettingsCount() throws InvalidConfiguration {
        String yaml =
                PAIR.formatted("openai/gpt-5", "")
                        .replace("settings: {", "settings: {mid_stream: error, ");
        assertThat(cells(yaml, AFTER_FORTY))
                .containsExactly(
                        "the first 40 words, then the true error: server_error/upstream_cut",
                        "the first 40 words, then the true error: overloaded_error",
                        "the first 40 words, then the true error: server_error/upstream_cut");
    }

    @Test
    void theRowsSettingsCountBeforeTheOperators() throws InvalidConfiguration {
        String yaml =
                PAIR.formatted("openai/gpt-5", "")
                        .replace("settings: {", "settings: {num_retries: 5, ");
        assertThat(cells(yaml, "^connection reset, after 40 words, max_attempts: 1$"))
                .allMatch(words -> words.startsWith("the first 40 words, then the true error"));
    }

    @Test
    void eachHopOfALongChainIsTheOneThatGoesOn() throws InvalidConfiguration {
        String yaml =
                """
                model_list:
                  - model_name: a
                    litellm_params: {model: openai/a, api_key: k, order: 1}
                  - model_name: a
                    litellm_params: {model: openai/a2, api_key: k, order: 2}
                  - model_name: b
                    litellm_params: {model: anthropic/claude-haiku-4-5, api_key: k}
                  - model_name: c
                    litellm_params: {model: groq/llama-3.3-70b, api_key: k}
                router_settings: {fallbacks: [{a: [b, c]}]}
                """;
        List<Row> rows =
                new Drill(config(yaml), "a"::equals, Pattern.compile("of the others").asPredicate())
                        .run("test")
                        .chains()
                        .getFirst()
                        .rows();
        assertThat(rows)
                .extracting(row -> words(row, Wire.MESSAGES))
                .containsExactly(
                        "whole, continued by prefill on b, seam exact",
                        "whole, continued by prefill on c, seam exact");
    }

    @Test
    void whatWasLeftOutIsTold() throws InvalidConfiguration {
        Row row =
                rows(PAIR.formatted("openai/gpt-5", ""), "two deployments in the group").getFirst();
        assertThat(row.absent()).containsExactly("twin");
        Row stall = rows(PAIR.formatted("openai/gpt-5", ""), "stall, .*, idle_timeout$").getFirst();
        assertThat(stall.settings()).contains("idle_timeout: 0.3");
    }

    @Test
    void theDocumentHoldsTheTable() throws InvalidConfiguration {
        DrillReport report = drill(PAIR.formatted("openai/gpt-5", ""), AFTER_FORTY);
        JsonNode json = JsonMapper.builder().build().readTree(DrillJson.of(report));
        assertThat(json.path("format").asInt()).isEqualTo(1);
        assertThat(json.path("exit_status").asInt()).isZero();
        JsonNode row = json.path("chains").get(0).path("rows").get(0);
        assertThat(row.path("failure").asString()).isEqualTo("connection reset");
        JsonNode cell = row.path("clients").path("anthropic-messages");
        assertThat(cell.path("result").asString()).isEqualTo("whole");
        assertThat(cell.path("attempts").asInt()).isEqualTo(2);
        assertThat(DrillText.of(report)).contains("second (openai/gpt-5)", "0 broken");
    }

    private static List<String> cells(String yaml, String only) throws InvalidConfiguration {
        Row row = rows(yaml, only).getFirst();
        return Wire.ALL.stream().map(client -> words(row, client)).toList();
    }

    private static String words(Row row, Wire client) {
        Cell cell = row.cells().get(client);
        return cell == null ? "" : cell.words();
    }

    private static List<Row> rows(String yaml, String only) throws InvalidConfiguration {
        return drill(yaml, only).chains().getFirst().rows();
    }

    private static DrillReport drill(String yaml, String only) throws InvalidConfiguration {
        return new Drill(config(yaml), group -> true, Pattern.compile(only).asPredicate())
                .run("test");
    }

    private static dev.midstream.routing.RouterConfig config(String yaml)
            throws InvalidConfiguration {
        return new ConfigurationReader(
                        name -> null,
                        path -> {
                            throw new FileNotFoundException(path);
                        })
                .read("config.yaml", yaml)
                .router();
    }
}
