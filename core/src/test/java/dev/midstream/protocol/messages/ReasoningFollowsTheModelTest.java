package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Seal;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.Untranslatable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Effort, budget and what they cannot go with (Anthropic's pages on thinking and effort, read
 * 2026-11).
 */
class ReasoningFollowsTheModelTest {

    @ParameterizedTest
    @CsvSource({
        "claude-3-5-sonnet-20241022, 35, false",
        "claude-3.5-sonnet, 35, false",
        "claude-3-opus-20240229, 30, false",
        "claude-3-7-sonnet@20250219, 37, false",
        "claude-instant-1.2, 12, false",
        "claude-2.1, 21, false",
        "claude-opus-4-20250514, 40, false",
        "claude-sonnet-4@20250514, 40, false",
        "claude-opus-4-1-20250805, 41, false",
        "claude-haiku-4-5, 45, false",
        "anthropic.claude-sonnet-4-6-v1:0, 46, false",
        "claude-opus-4-8, 48, false",
        "claude-sonnet-5, 50, false",
        "claude-fable-5, 50, true",
        "claude-mythos-preview, 999, true",
        "my-alias, 45, false"
    })
    void namesTellTheGeneration(String name, int generation, boolean alwaysThinks) {
        ClaudeModel model = ClaudeModel.of(name);
        assertThat(model.generation()).isEqualTo(generation);
        assertThat(model.alwaysThinks()).isEqualTo(alwaysThinks);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5, minimal, BUDGET, 1024,",
        "claude-sonnet-4-5, low, BUDGET, 1024,",
        "claude-sonnet-4-5, medium, BUDGET, 2048,",
        "claude-sonnet-4-5, high, BUDGET, 4096,",
        "claude-sonnet-4-5, xhigh, BUDGET, 8192,",
        "claude-sonnet-4-5, max, BUDGET, 16384,",
        "claude-sonnet-4-5, none, , 0,",
        "claude-sonnet-4-6, minimal, ADAPTIVE, 0, low",
        "claude-sonnet-4-6, xhigh, ADAPTIVE, 0, high",
        "claude-sonnet-4-6, max, ADAPTIVE, 0, max",
        "claude-opus-4-7, xhigh, ADAPTIVE, 0, xhigh",
        "claude-opus-4-7, none, , 0,",
        "claude-opus-5, none, DISABLED, 0,",
        "claude-fable-5, none, , 0, low",
        "claude-3-haiku-20240307, high, , 0,"
    })
    void effortBecomesWhatTheModelKnows(
            String model,
            String asked,
            Thinking.@Nullable Form form,
            int budget,
            @Nullable String effort) {
        assertThat(of(model, new ReasoningRequest(asked, null, null, false), null))
                .isEqualTo(new Thinking(form, budget, effort));
    }

    @Test
    void aBudgetBecomesAnEffortWhereBudgetsAreRefused() {
        ReasoningRequest asked = new ReasoningRequest(null, 2_000, null, false);

        assertThat(of("claude-sonnet-4-6", asked, null).form()).isEqualTo(Thinking.Form.BUDGET);
        assertThat(of("claude-opus-4-7", asked, null))
                .isEqualTo(new Thinking(Thinking.Form.ADAPTIVE, 0, "medium"));
    }

    @ParameterizedTest
    @CsvSource({"4097, 4096", "4096, 2048", "2048, 1024", "2047, 0", "1, 0"})
    void aBudgetStaysBelowTheLimit(int limit, int budget) {
        ReasoningRequest asked = new ReasoningRequest("high", null, null, false);

        assertThat(of("claude-sonnet-4-5", asked, limit).budget()).isEqualTo(budget);
    }

    @Test
    void reasoningGivesWayToAForcedTool() throws Untranslatable {
        Asking asking = Asking.hello("claude-sonnet-4-5").effort("high").weatherTool();

        assertThat(asking.body()).contains("\"thinking\"");
        assertThat(asking.choice(new ToolChoice.Required()).body()).doesNotContain("\"thinking\"");
    }

    @Test
    void reasoningGivesWayToAPrefill() throws Untranslatable {
        assertThat(Asking.hello("claude-sonnet-4-5").effort("high").prefill("Once").body())
                .doesNotContain("\"thinking\"");
    }

    @Test
    void reasoningGivesWayToCallsThatLostTheirs() throws Untranslatable {
        Part call = new Part.ToolCall("a", "weather", "{}", false, null);
        Part signed = new Part.Reasoning("Hm", new Seal(Seal.CLAUDE, "c2ln"));

        assertThat(calling("claude-sonnet-4-5", call)).doesNotContain("\"type\":\"enabled\"");
        assertThat(calling("claude-sonnet-4-5", signed, call)).contains("\"type\":\"enabled\"");
        assertThat(calling("claude-sonnet-4-6", call)).contains("\"type\":\"adaptive\"");
    }

    /**
     * Clients join reasoning that broke off with the whole one behind it, under the latter's seal.
     */
    @Test
    void refusedReasoningIsLeftOutOfTheRunningTurnToo() throws Untranslatable {
        Asking asking =
                Asking.hello("claude-sonnet-4-5")
                        .weatherTool()
                        .effort("high")
                        .message(
                                Role.ASSISTANT,
                                new Part.Reasoning("HHm", new Seal(Seal.CLAUDE, "c2ln")),
                                new Part.EncryptedReasoning(new Seal(Seal.CLAUDE, "Em")),
                                new Part.ToolCall("a", "weather", "{}", false, null))
                        .result("a", "Rain");

        assertThat(asking.body()).contains("\"signature\":\"c2ln\"", "\"data\":\"Em\"");
        assertThat(asking.withoutAnyReasoning().body())
                .doesNotContain("thinking")
                .contains("\"tool_use\"");
    }

    @Test
    void reasoningSettlesTheTemperature() throws Untranslatable {
        Asking asking = Asking.hello("claude-sonnet-4-5").effort("low");

        assertThat(asking.temperature(0.2).body()).isEqualTo(asking.temperature(1.9).body());
    }

    private static String calling(String model, Part... parts) throws Untranslatable {
        return Asking.hello(model)
                .weatherTool()
                .effort("high")
                .message(Role.ASSISTANT, parts)
                .result("a", "Rain")
                .body();
    }

    private static Thinking of(String model, ReasoningRequest asked, @Nullable Integer limit) {
        return Thinking.of(asked, ClaudeModel.of(model), false, limit);
    }
}
