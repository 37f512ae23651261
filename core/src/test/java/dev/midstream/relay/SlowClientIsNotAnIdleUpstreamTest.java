package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While the client takes nothing no clock of the upstream runs and nothing is recovered. */
class SlowClientIsNotAnIdleUpstreamTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void theIdleClockStands() {
        Rig rig = Rig.streaming().begin().begins("Once").clientTakes(false);
        rig.did();

        assertThat(rig.wait(HOUR).did()).isEmpty();
    }

    @Test
    void andRunsOnAfterwards() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .begins("Once")
                        .wait(Duration.ofSeconds(50))
                        .clientTakes(false)
                        .wait(HOUR)
                        .clientTakes(true)
                        .wait(Duration.ofSeconds(9));
        rig.did();

        assertThat(rig.wait(Duration.ofSeconds(1)).did())
                .contains("cancel 1", "ask other by user_turn");
    }

    @Test
    void aBreakIsRecoveredWhenItTakesAgain() {
        Rig rig = Rig.streaming().begin().begins("Once").clientTakes(false).breaksOff();
        rig.did();

        assertThat(rig.wait(HOUR).did()).isEmpty();
        assertThat(rig.clientTakes(true).did()).containsExactly("ask other by user_turn");
    }

    @Test
    void aDecisionThatComesMeanwhileWaits() {
        Rig rig = Rig.streaming().begin().begins("Once").hesitates().breaksOff();
        rig.clientTakes(false).did();

        assertThat(rig.decides(new Decision.Proceed()).did()).isEmpty();
        assertThat(rig.clientTakes(true).did()).containsExactly("ask other by user_turn");
    }

    @Test
    void aFrameThatWasOnItsWayDoesNotStretchTheClock() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .begins("Once")
                        .clientTakes(false)
                        .wait(Duration.ofSeconds(30))
                        .goesOn(" upon")
                        .clientTakes(true);
        rig.did();

        assertThat(rig.wait(Duration.ofSeconds(60)).did()).contains("cancel 1");
    }
}
