package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.FinishReason;
import dev.midstream.routing.HoldToolCalls;
import org.junit.jupiter.api.Test;

/** A call that is still ours is dropped when it breaks off, and asked for again. */
class BreakInsideAHeldCallAsksAgainTest {

    @Test
    void theOriginalRequestWhereNothingIsOut() {
        Rig rig = Rig.streaming().begin().opens().beginsCall(0, "now", "{\"zo").breaksOff();

        assertThat(rig.did()).containsExactly("ask main by original", "ask other by original");
        assertThat(rig.opens().beginsCall(0, "now", "{}").did())
                .containsExactly("commit", "open", "start 0 TOOL_CALL", "0: {}");
    }

    @Test
    void aContinuationWhereTextIsOut() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .begins("Let me see.")
                        .ends(0)
                        .beginsCall(1, "now", "{\"zo")
                        .breaksOff();

        assertThat(rig.did()).endsWith("ask other by user_turn");
    }

    @Test
    void argumentsThatAreNoJsonAreABreak() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .opens()
                        .beginsCall(0, "now", "{\"zone\"")
                        .ends(0)
                        .stops(FinishReason.TOOL_CALLS);

        assertThat(rig.did())
                .containsExactly("ask main by original", "cancel 1", "ask other by original");
    }

    @Test
    void aCallThatTheTokenLimitCutShortWasNeverMade() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .begins("Let me see.")
                        .ends(0)
                        .beginsCall(1, "now", "{\"zone\"")
                        .ends(1)
                        .stops(FinishReason.LENGTH);

        assertThat(rig.did())
                .noneMatch(step -> step.contains("TOOL_CALL"))
                .endsWith("stop LENGTH", "usage", "finish");
    }

    @Test
    void argumentsThatGoOnBehindTheirEndAreABreak() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .opens()
                        .beginsCall(0, "now", "{\"a\":1}}")
                        .ends(0)
                        .stops(FinishReason.TOOL_CALLS);

        assertThat(rig.did()).endsWith("cancel 1", "ask other by original");
    }

    @Test
    void anErrorWhereSomeOfItIsOut() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.hold(HoldToolCalls.NEVER))
                        .begin()
                        .opens()
                        .beginsCall(0, "now", "{")
                        .breaksOff();

        assertThat(rig.did()).endsWith("fail 502 cut");
    }
}
