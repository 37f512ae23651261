package dev.midstream.gateway.check;

import static dev.midstream.gateway.check.Checked.entry;
import static dev.midstream.gateway.check.Checked.report;
import static dev.midstream.gateway.check.Checked.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsAreForPeopleAndForProgramsTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "check-and-drill.md");
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "<!-- check: tested -->\n```yaml\n(.*?)```\n\n```text\n(.*?)```",
                    Pattern.DOTALL);

    @Test
    void theDocumentedExampleIsWhatIsSaid() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
        assertThat(example.find()).isTrue();
        assertThat(ReportText.of(report(example.group(1)), false)).isEqualTo(example.group(2));
    }

    @Test
    void everyKindIsDocumented() throws IOException {
        String text = Files.readString(DOCUMENT);
        assertThat(Arrays.stream(Finding.Kind.values()).map(Finding.Kind::word))
                .allSatisfy(word -> assertThat(text).contains("`" + word + "`"));
    }

    @Test
    void theDocumentHoldsTheSame() {
        Report report =
                report(
                        yaml(
                                "fallbacks: [{a: [b]}], model_group_alias: {x: a}",
                                entry("a", "openai/a", "rpm: 10, tpm: 2000", ""),
                                entry("b", "anthropic/claude-haiku-4-5")));
        JsonNode json = json(report);
        assertThat(json.path("format").asInt()).isEqualTo(1);
        assertThat(json.path("usable").asBoolean()).isTrue();
        assertThat(json.path("exit_status").asInt()).isZero();
        JsonNode group = json.path("groups").get(0);
        assertThat(group.path("name").asString()).isEqualTo("a");
        assertThat(group.path("aliases").get(0).asString()).isEqualTo("x");
        JsonNode served = group.path("deployments").get(0);
        assertThat(served.path("host").asString()).isEqualTo("api.openai.com");
        assertThat(served.path("credential").asString()).isEqualTo("present");
        assertThat(served.path("rpm").asInt()).isEqualTo(10);
        assertThat(served.path("tpm").asInt()).isEqualTo(2000);
        JsonNode hop = group.path("chains").get(0).path("hops").get(1);
        assertThat(hop.path("model").asString()).isEqualTo("anthropic/claude-haiku-4-5");
        assertThat(hop.path("fallback").asBoolean()).isTrue();
        assertThat(hop.path("continues_by").get(0).asString()).isEqualTo("prefill");
        assertThat(hop.path("said_by").asString()).isEqualTo("table");
        JsonNode finding = json.path("findings").get(0);
        assertThat(finding.path("severity").asString()).isEqualTo("note");
        assertThat(finding.path("kind").asString()).isEqualTo("no_second_deployment");
        assertThat(finding.path("place").asString()).isEqualTo("b");
    }

    @Test
    void noSecretIsShown() {
        String yaml =
                yaml(
                                "fallbacks: [{a: [b]}], x_unknown: " + Checked.SECRET,
                                entry("a", "openai/a", "extra_headers: {x-key: HIDDEN}", ""),
                                entry("b", "openai/b", "api_base: 'https://h/v1?k=HIDDEN'", ""))
                        .replace("HIDDEN", Checked.SECRET);
        Report report = report(yaml);
        assertThat(report.groups()).isNotEmpty();
        assertThat(ReportText.of(report, false)).doesNotContain(Checked.SECRET);
        assertThat(ReportJson.of(report, false)).doesNotContain(Checked.SECRET);
        assertThat(report.toString()).doesNotContain(Checked.SECRET);
    }

    private static JsonNode json(Report report) {
        return JsonMapper.builder().build().readTree(ReportJson.of(report, false));
    }
}
