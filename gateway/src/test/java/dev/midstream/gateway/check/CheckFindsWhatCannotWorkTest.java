package dev.midstream.gateway.check;

import static dev.midstream.gateway.check.Checked.entry;
import static dev.midstream.gateway.check.Checked.report;
import static dev.midstream.gateway.check.Checked.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.check.Finding.Kind;
import dev.midstream.gateway.check.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckFindsWhatCannotWorkTest {

    private static final String PAIR = entry("a", "openai/a") + entry("b", "openai/b");

    @Test
    void twoThatCanGoOnForEachOtherAreFine() {
        Report report = report(yaml("fallbacks: [{a: [b]}, {b: [a]}]", PAIR));
        assertThat(report.findings()).isEmpty();
        assertThat(report.exitStatus(true)).isZero();
    }

    @Test
    void aDeploymentWithoutACredential() {
        Report report =
                report(
                        yaml("fallbacks: [{a: [b]}, {b: [a]}]", PAIR)
                                .replace(
                                        "model: openai/b, api_key: " + Checked.SECRET,
                                        "model: xai/b"));
        assertThat(kinds(report, Severity.PROBLEM)).containsExactly(Kind.MISSING_CREDENTIAL);
        assertThat(report.findings().getFirst().place()).isEqualTo("config.yaml:6:21");
        assertThat(report.findings().getFirst().message()).contains("XAI_API_KEY");
        assertThat(report.exitStatus(false)).isEqualTo(1);
    }

    @Test
    void aProviderThatIsNotThereYetAndNobodyElse() {
        Report report = report(yaml("", entry("a", "gemini/gemini-2.5-pro")));
        assertThat(kinds(report, Severity.PROBLEM))
                .containsExactly(Kind.UNUSABLE_PROVIDER, Kind.NOBODY_TO_ASK);
    }

    @Test
    void aFallbackToItself() {
        assertThat(kinds(report(yaml("fallbacks: [{a: [a, b]}]", PAIR)), Severity.PROBLEM))
                .containsExactly(Kind.SELF_FALLBACK);
    }

    @Test
    void aFallbackToItselfThroughAnAlias() {
        Report report = report(yaml("fallbacks: [{a: [x]}], model_group_alias: {x: a}", PAIR));
        assertThat(kinds(report, Severity.PROBLEM)).containsExactly(Kind.SELF_FALLBACK);
        assertThat(report.findings().getFirst().message())
                .isEqualTo("fallbacks: x is this group itself, its only fallback");
    }

    @Test
    void aFallbackWithASmallerWindow() {
        String wide = entry("a", "openai/own-1", "", "max_input_tokens: 200000");
        String narrow = entry("b", "openai/own-2", "", "max_input_tokens: 8000");
        Report report = report(yaml("fallbacks: [{a: [b]}, {b: [a]}]", wide, narrow));
        assertThat(report.findings())
                .extracting(Finding::severity, Finding::kind, Finding::place)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Severity.WARNING, Kind.SMALLER_WINDOW, "a"));
        assertThat(report.exitStatus(false)).isZero();
        assertThat(report.exitStatus(true)).isEqualTo(1);
    }

    @Test
    void aWindowThatIsNotKnownIsNoFinding() {
        String wide = entry("a", "openai/own-1", "", "max_input_tokens: 200000");
        assertThat(
                        report(
                                        yaml(
                                                "fallbacks: [{a: [b]}, {b: [a]}]",
                                                wide,
                                                entry("b", "openai/own-2")))
                                .findings())
                .isEmpty();
    }

    @Test
    void aDeadlineThatIsOverBeforeASilentDeploymentIsGivenUp() {
        String fallbacks = "fallbacks: [{a: [b]}, {b: [a]}], request_timeout: 10";
        Report report = report(yaml(fallbacks, PAIR));
        assertThat(kinds(report, Severity.WARNING))
                .containsExactly(Kind.SHORT_DEADLINE, Kind.SHORT_DEADLINE);
        assertThat(report.findings().getFirst().message())
                .isEqualTo(
                        "request_timeout ends everything after 10 s, streams that run and fallbacks included; a silent openai/a is given up after 120 s only (first_token_timeout). What bounds one call is timeout");
        assertThat(report(yaml(fallbacks + ", timeout: 4", PAIR)).findings()).isEmpty();
    }

    @Test
    void aDeploymentThatCanOnlyAnswerAnew() {
        Report report =
                report(yaml("fallbacks: [{a: [b]}, {b: [a]}], continuation_prompt: ''", PAIR));
        assertThat(kinds(report, Severity.WARNING)).containsOnly(Kind.ONLY_REPLAY);
    }

    @Test
    void whoIsAloneGoesOnByItself() {
        Report report = report(yaml("", entry("a", "openai/a")));
        assertThat(kinds(report, Severity.NOTE)).containsExactly(Kind.NO_SECOND_DEPLOYMENT);
        assertThat(report.exitStatus(true)).isZero();
    }

    @Test
    void whoIsAloneAndNeverAskedAgainEndsInTheError() {
        Report report = report(yaml("num_retries: 0", entry("a", "openai/a")));
        assertThat(kinds(report, Severity.WARNING)).containsExactly(Kind.BREAK_ENDS_IN_ERROR);
        assertThat(kinds(report(yaml("max_attempts: 1", entry("a", "openai/a"))), Severity.WARNING))
                .containsExactly(Kind.BREAK_ENDS_IN_ERROR);
    }

    @Test
    void fallbacksThatAreSwitchedOff() {
        Report report = report(yaml("fallbacks: [{a: [b]}], disable_fallbacks: true", PAIR));
        assertThat(kinds(report, Severity.NOTE)).contains(Kind.FALLBACKS_OFF);
    }

    @Test
    void anOverrideThatTheTableKnowsToBeWrong() {
        Report report =
                report(
                        yaml(
                                "",
                                entry(
                                        "a",
                                        "anthropic/claude-sonnet-4-6",
                                        "",
                                        "supports_assistant_prefill: true")));
        assertThat(kinds(report, Severity.WARNING)).containsExactly(Kind.OVERRIDE_AGAINST_TABLE);
    }

    @Test
    void unknownKeysAreWarningsWithTheirPlace() {
        Report report = report(yaml("fallbacks: [{a: [b]}, {b: [a]}], num_retires: 1", PAIR));
        assertThat(report.findings())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.kind()).isEqualTo(Kind.CONFIGURATION);
                            assertThat(finding.place()).startsWith("config.yaml:8:");
                            assertThat(finding.message()).contains("num_retires", "num_retries");
                        });
    }

    @Test
    void aConfigurationThatCannotBeUsed() {
        Report report = report("model_list: 3\n");
        assertThat(report.readable()).isFalse();
        assertThat(report.exitStatus(false)).isEqualTo(2);
        assertThat(kinds(report, Severity.PROBLEM)).containsExactly(Kind.ERROR);
    }

    private static List<Kind> kinds(Report report, Severity severity) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::kind)
                .toList();
    }
}
