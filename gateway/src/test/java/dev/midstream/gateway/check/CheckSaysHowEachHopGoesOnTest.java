package dev.midstream.gateway.check;

import static dev.midstream.gateway.check.Checked.entry;
import static dev.midstream.gateway.check.Checked.report;
import static dev.midstream.gateway.check.Checked.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.check.Report.Cause;
import dev.midstream.gateway.check.Report.Chain;
import dev.midstream.gateway.check.Report.Hop;
import dev.midstream.gateway.check.Report.Source;
import dev.midstream.gateway.check.Report.Way;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckSaysHowEachHopGoesOnTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    anthropic/claude-sonnet-4-6 | '' | user turn: Claude from 4.6 on refuses an assistant prefill | TABLE
                    anthropic/claude-haiku-4-5 | '' | prefill: Claude up to 4.5 goes on with an assistant prefill | TABLE
                    mistral/mistral-large | '' | prefill (prefix: true): Mistral goes on with a message marked `prefix`; by a user turn where tools are offered | TABLE
                    deepseek/deepseek-chat | '' | prefill (prefix: true): DeepSeek's beta URL goes on with a message marked `prefix` | TABLE
                    dashscope/qwen-max | '' | prefill (partial: true): Alibaba goes on with a message marked `partial` | TABLE
                    hosted_vllm/llama | '' | prefill (continue_final_message): vLLM goes on with the final message when asked to | TABLE
                    openai/gpt-5 | supports_assistant_prefill: true | prefill: supports_assistant_prefill: true (the table: OpenAI's models take a prefill for a finished turn) | MODEL_INFO
                    anthropic/claude-haiku-4-5 | supports_assistant_prefill: false | user turn: supports_assistant_prefill: false (the table: Claude up to 4.5 goes on with an assistant prefill) | MODEL_INFO
                    openai/gpt-5 | continuation: replay | replay: continuation: replay | SETTINGS
                    openai/gpt-5 | continuation: resume | resume: continuation: resume, OpenAI Responses in the background; then user turn | SETTINGS
                    openai/gpt-5 | continuation_prompt: '' | replay: continuation_prompt is empty, and OpenAI's models take a prefill for a finished turn | SETTINGS
                    openai/gpt-5 | mid_stream: restart | restart: mid_stream: restart | SETTINGS
                    openai/gpt-5 | mid_stream: error | ends in the error: mid_stream: error | SETTINGS
                    """)
    void theMethodAndItsReason(String model, String info, String said, Source source) {
        String given = info.startsWith("continuation_prompt") ? "continuation_prompt: ''" : info;
        String base = model.startsWith("hosted_vllm") ? "api_base: 'http://h/v1'" : "";
        Way way = hops(report(yaml("", entry("g", model, base, given))), 0).getFirst().way();
        assertThat(way.label() + ": " + way.why()).isEqualTo(said);
        assertThat(way.source()).isEqualTo(source);
    }

    @Test
    void theWalkIsTheRouters() {
        Report report =
                report(
                        yaml(
                                "fallbacks: [{a: [c, b]}, {c: [d]}], default_fallbacks: [e]",
                                entry("a", "openai/a2", "order: 2", ""),
                                entry("a", "openai/a1", "order: 1", ""),
                                entry("b", "openai/b"),
                                entry("c", "openai/c"),
                                entry("d", "openai/d"),
                                entry("e", "openai/e")));
        assertThat(hops(report, 0))
                .extracting(Hop::model)
                .containsExactly(
                        "openai/a1", "openai/a2", "openai/c", "openai/d", "openai/b", "openai/e");
        assertThat(hops(report, 0)).allMatch(Hop::reached);
    }

    @Test
    void whatTheBudgetLeavesOutIsNeverReached() {
        Report report =
                report(
                        yaml(
                                "fallbacks: [{a: [b, c]}], max_fallbacks: 1",
                                entry("a", "openai/a"),
                                entry("b", "openai/b"),
                                entry("c", "openai/c")));
        assertThat(hops(report, 0)).extracting(Hop::reached).containsExactly(true, true, false);
        assertThat(report.findings())
                .extracting(Finding::message)
                .contains("max_fallbacks: 1 ends the walk before openai/c");
    }

    @Test
    void whatAFallbackReplacesInTheRequestIsNamed() {
        Report report =
                report(
                        yaml(
                                "fallbacks: [{a: [{model: b, max_tokens: 10}]}]",
                                entry("a", "openai/a"),
                                entry("b", "openai/b")));
        assertThat(hops(report, 0).get(1).altered()).containsExactly("max_tokens");
        assertThat(ReportText.of(report, false)).contains("of b, with its own max_tokens");
    }

    @Test
    void whatTheGroupItselfIsAskedWithTheSecondTimeIsNamed() {
        Report report =
                report(
                        yaml(
                                "fallbacks: [{a: [{model: a, max_tokens: 10}]}]",
                                entry("a", "openai/a")));
        assertThat(ReportText.of(report, false)).contains("openai/a  with its own max_tokens");
    }

    @Test
    void failuresWithFallbacksOfTheirOwnHaveChainsOfTheirOwn() {
        Report report =
                report(
                        yaml(
                                "fallbacks: [{a: [b]}], context_window_fallbacks: [{a: [c]}],"
                                        + " content_policy_fallbacks: [{a: [d]}]",
                                entry("a", "openai/a"),
                                entry("b", "openai/b"),
                                entry("c", "openai/c"),
                                entry("d", "openai/d")));
        assertThat(report.groups().getFirst().chains())
                .extracting(Chain::cause, chain -> chain.hops().get(1).model())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Cause.FAILURE, "openai/b"),
                        org.assertj.core.groups.Tuple.tuple(Cause.CONTEXT_WINDOW, "openai/c"),
                        org.assertj.core.groups.Tuple.tuple(Cause.CONTENT_POLICY, "openai/d"));
    }

    @Test
    void whoCannotBeAskedIsInNoChain() {
        Report report =
                report(
                        yaml(
                                "fallbacks: [{a: [b]}]",
                                entry("a", "gemini/gemini-2.5-pro"),
                                entry("b", "openai/b")));
        Chain chain = report.groups().getFirst().chains().getFirst();
        assertThat(chain.cause()).isEqualTo(Cause.FAILURE);
        assertThat(chain.hops()).extracting(Hop::model).containsExactly("openai/b");
    }

    private static List<Hop> hops(Report report, int group) {
        return report.groups().get(group).chains().getFirst().hops();
    }
}
