package dev.midstream.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.yaml.DataFile;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The capability table: what the providers' documentation and users' reports say, read 2026-09. */
class KnowsWhoContinuesAPrefillTest {

    private static final CapabilityTable TABLE = CapabilityTable.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-3-haiku-20240307",
                "claude-3-5-sonnet-20241022",
                "claude-3-7-sonnet-latest",
                "claude-opus-4-20250514",
                "claude-opus-4-0",
                "claude-opus-4-1",
                "claude-opus-4-1-20250805",
                "claude-sonnet-4-20250514",
                "claude-sonnet-4@20250514",
                "claude-sonnet-4-5",
                "claude-sonnet-4-5-20250929",
                "claude-opus-4-5@20251101",
                "claude-haiku-4-5",
                "claude-haiku-4-5-20251001",
                "claude-2.1",
                "claude-instant-1.2"
            })
    void claudeUpToFourFiveDoes(String model) {
        for (String provider : List.of("anthropic", "vertex_ai")) {
            Capability capability = TABLE.of(provider, model, "");
            assertThat(capability.methods())
                    .containsExactly(Method.PREFILL, Method.USER_TURN, Method.REPLAY);
            assertThat(capability.quirks()).containsExactly(Quirk.STRIP_TRAILING_WHITESPACE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-sonnet-4-6", "claude-opus-4-6", "claude-opus-4-7", "claude-opus-4-8",
                        "claude-sonnet-5", "claude-opus-5",
                "claude-fable-5", "claude-mythos-preview", "claude-haiku-4-6", "claude-opus-4-10",
                        "claude-sonnet-4-50", "claude-opus-40",
                "claude-sonnet-4-6@20260301", "anything-newer"
            })
    void claudeFromFourSixOnDoesNot(String model) {
        for (String provider : List.of("anthropic", "vertex_ai")) {
            assertThat(TABLE.methods(provider, model))
                    .containsExactly(Method.USER_TURN, Method.REPLAY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o, USER_TURN",
        "openai, gpt-oss-120b, USER_TURN",
        "azure, my-deployment, USER_TURN",
        "mistral, mistral-large-latest, PREFIX",
        "deepseek, deepseek-chat, USER_TURN",
        "dashscope, qwen-max, PARTIAL",
        "dashscope, qwen3-235b-a22b-thinking-2507, USER_TURN",
        "dashscope, qwq-plus, USER_TURN",
        "moonshot, kimi-k2.5, PARTIAL",
        "moonshot, moonshot-v1-8k, PARTIAL",
        "moonshot, kimi-k2-thinking, USER_TURN",
        "hosted_vllm, meta-llama/Llama-3, CONTINUE_FINAL_MESSAGE",
        "hosted_vllm, openai/gpt-oss-20b, USER_TURN",
        "ollama, llama3, PREFILL",
        "llamafile, x, PREFILL",
        "groq, llama-3.3-70b-versatile, PREFILL",
        "groq, qwen-qwq-32b, USER_TURN",
        "groq, openai/gpt-oss-120b, USER_TURN",
        "together_ai, meta-llama/Llama-3, PREFILL",
        "deepinfra, meta-llama/Llama-4-Scout, USER_TURN",
        "openrouter, anthropic/claude-sonnet-4.5, PREFILL",
        "openrouter, anthropic/claude-sonnet-4.6, USER_TURN",
        "openrouter, openai/gpt-4o, USER_TURN",
        "xai, grok-4, USER_TURN",
        "nobody, x, USER_TURN",
    })
    void othersDoInTheirOwnForm(String provider, String model, Method best) {
        assertThat(TABLE.methods(provider, model))
                .startsWith(best)
                .endsWith(Method.USER_TURN, Method.REPLAY);
    }

    @Test
    void deepSeekDoesAtItsBetaUrlOnly() {
        assertThat(TABLE.of("deepseek", "deepseek-chat", "https://api.deepseek.com/beta").methods())
                .startsWith(Method.PREFIX);
        assertThat(TABLE.of("deepseek", "deepseek-chat", "https://api.deepseek.com").methods())
                .startsWith(Method.USER_TURN);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-sonnet-4-6, Claude from 4.6 on refuses an assistant prefill, doc, true",
        "anthropic, claude-haiku-4-5, Claude up to 4.5 goes on with an assistant prefill, doc, false",
        "openai, gpt-5, OpenAI's models take a prefill for a finished turn, seen, false",
        "nobody, x, nothing is known of a prefill there, assumed, false",
    })
    void itSaysWhy(String provider, String model, String why, String evidence, boolean refuses) {
        assertThat(TABLE.grounds(provider, model, ""))
                .isEqualTo(new Grounds(why, evidence, refuses));
    }

    @Test
    void everyRowSaysWhy() {
        DataFile.items(DataFile.read(CapabilityTable.class, "capabilities.yaml"), "rows")
                .forEach(
                        row ->
                                assertThat(DataFile.text((Mapping) row, "why"))
                                        .as("why at %s", row.at())
                                        .isPresent());
    }

    @Test
    void anOperatorMaySayThatAModelDoesOrDoesNot() {
        assertThat(TABLE.withPrefill("anthropic", "claude-sonnet-4-6", ""))
                .isEqualTo(TABLE.of("anthropic", "claude-sonnet-4-5", ""));
        assertThat(TABLE.withPrefill("mistral", "m", "")).isEqualTo(TABLE.of("mistral", "m", ""));
        assertThat(TABLE.withPrefill("xai", "grok-4", "").methods()).startsWith(Method.PREFILL);
        assertThat(TABLE.of("mistral", "m", "").withoutPrefill().methods())
                .containsExactly(Method.USER_TURN, Method.REPLAY);
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "a*, abc, true",
        "a*, ba, false",
        "*a*, bab, true",
        "*/beta, https://h/beta, true",
        "*/beta, https://h/beta/x, false",
        "A-1, a-1, true",
        "a*b*c, axxbyyc, true",
        "a*b*c, axxcyyb, false",
        "a, ab, false",
    })
    void patternsMatchWholeNames(String pattern, String text, boolean matches) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
    }
}
