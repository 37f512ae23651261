package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.FinishReason;
import dev.midstream.routing.HoldToolCalls;
import org.junit.jupiter.api.Test;

/** A tool call is held from its start until its arguments are one whole JSON object. */
class ToolCallArrivesWhenItIsCompleteTest {

    @Test
    void nothingOfItLeavesBefore() {
        Rig rig = Rig.streaming().begin().opens().beginsCall(0, "now", "{\"zone\": ");

        assertThat(rig.did()).containsExactly("ask main by original");
    }

    @Test
    void allOfItLeavesWithItsLastBrace() {
        Rig rig = Rig.streaming().begin().opens().beginsCall(0, "now", "{\"zone\": ");
        rig.did();

        assertThat(rig.goesOn("1}").did())
                .containsExactly("commit", "open", "start 0 TOOL_CALL", "0: {\"zone\": ", "0: 1}");
    }

    @Test
    void textBeforeItDoesNotWait() {
        Rig rig = Rig.streaming().begin().begins("Let me see.").ends(0);
        rig.did();

        assertThat(rig.beginsCall(1, "now", "{").did()).isEmpty();
    }

    @Test
    void itGoesOutLiveWhereNobodyElseIsLeft() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0).withoutFallbacks())
                        .begin()
                        .opens()
                        .beginsCall(0, "now", "{");

        assertThat(rig.did())
                .containsExactly(
                        "ask main by original", "commit", "open", "start 0 TOOL_CALL", "0: {");
    }

    @Test
    void itGoesOutLiveWhereThatIsChosen() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.hold(HoldToolCalls.NEVER))
                        .begin()
                        .opens()
                        .beginsCall(0, "now", "{");

        assertThat(rig.did()).endsWith("start 0 TOOL_CALL", "0: {");
    }

    @Test
    void theEndOfOneThatIsNotWholeIsNeverToldAlthoughItWentOutLive() {
        Rig rig = live().beginsCall(0, "now", "{\"zone\": ");
        rig.did();

        assertThat(rig.ends(0).did()).isEmpty();
        assertThat(rig.stops(FinishReason.TOOL_CALLS).did())
                .noneMatch(step -> step.startsWith("end 0"))
                .anyMatch(step -> step.startsWith("fail"));
    }

    @Test
    void theEndOfOneThatALimitCutLeavesWithTheReason() {
        Rig rig = live().beginsCall(0, "now", "{\"zone\": ");
        rig.did();

        assertThat(rig.ends(0).did()).isEmpty();
        assertThat(rig.stops(FinishReason.LENGTH).did())
                .anyMatch(step -> step.startsWith("end 0"))
                .noneMatch(step -> step.startsWith("fail"));
    }

    private static Rig live() {
        return Rig.streaming().with(s -> s.retries(0).withoutFallbacks()).begin().opens();
    }
}
