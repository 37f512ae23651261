package dev.midstream.gateway.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.scenario.Catalogue;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Seen.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WhatIsNeitherWholeNorTrueIsBrokenTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Scenario CUT = named("connection reset, after 40 of 60 words");
    private static final Scenario CALLS = named("connection reset, after two parallel tool calls");
    private static final String ERROR = "{\"type\":\"server_error\",\"message\":\"It broke.\"}";

    private static Scenario named(String name) {
        return Catalogue.all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theWholeAnswerOnceHolds() {
        assertThat(judged(CUT, answer(CUT.wholeText(), "stop"))).isInstanceOf(Cell.Whole.class);
    }

    @Test
    void anAnswerThatLacksOrRepeatsAnythingIsBroken() {
        String whole = CUT.wholeText();
        assertThat(judged(CUT, answer(whole.substring(0, 100), "stop")))
                .isInstanceOf(Cell.Broken.class);
        assertThat(judged(CUT, answer(whole + whole, "stop"))).isInstanceOf(Cell.Broken.class);
        assertThat(judged(CUT, answer("Sure! " + whole, "stop"))).isInstanceOf(Cell.Broken.class);
        assertThat(judged(CUT, answer(whole, null))).isInstanceOf(Cell.Broken.class);
    }

    @Test
    void anErrorHoldsIfItIsOneAndWhatCameBeforeItIsTrue() {
        String whole = CUT.wholeText();
        assertThat(judged(CUT, failed(whole.substring(0, 50), ERROR)))
                .isInstanceOf(Cell.TrueError.class);
        assertThat(judged(CUT, failed("Something else", ERROR))).isInstanceOf(Cell.Broken.class);
        assertThat(judged(CUT, failed(whole, "{}"))).isInstanceOf(Cell.Broken.class);
        Cell refused = judged(CUT, Seen.refused(429, JSON.readTree(ERROR)));
        assertThat(refused.words()).isEqualTo("the true error: 429 server_error");
    }

    @Test
    void callsMustBeThoseThatWereMade() {
        Call paris = new Call("get_weather", "{\"city\":\"Paris\",\"unit\":\"celsius\"}");
        Call oslo = new Call("get_weather", "{\"city\":\"Oslo\",\"unit\":\"celsius\"}");
        assertThat(judged(CALLS, calling(paris, oslo))).isInstanceOf(Cell.Whole.class);
        assertThat(judged(CALLS, calling(paris))).isInstanceOf(Cell.Whole.class);
        assertThat(judged(CALLS, calling(oslo))).isInstanceOf(Cell.Broken.class);
        assertThat(judged(CALLS, calling(paris, paris))).isInstanceOf(Cell.Broken.class);
        assertThat(judged(CALLS, calling())).isInstanceOf(Cell.Broken.class);
    }

    private static Cell judged(Scenario scenario, Seen seen) {
        Attempts attempts = new Attempts(JSON.createObjectNode(), Map.of());
        return Judgement.of(scenario, seen, attempts, Duration.ofMillis(1));
    }

    private static Seen answer(String text, @Nullable String finish) {
        return new Seen(200, text, null, List.of(), finish, null, null);
    }

    private static Seen calling(Call... calls) {
        return new Seen(200, "", null, List.of(calls), "tool_calls", null, null);
    }

    private static Seen failed(String text, String error) {
        Seen.Trouble trouble = new Seen.Trouble(JSON.readTree(error));
        return new Seen(200, text, null, List.of(), null, null, trouble);
    }
}
