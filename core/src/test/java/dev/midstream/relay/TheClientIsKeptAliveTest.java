package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The head leaves after commit_after at the latest; from then on something is written every
 * heartbeat_interval.
 */
class TheClientIsKeptAliveTest {

    private static final Duration TEN = Duration.ofSeconds(10);

    @Test
    void theHeadLeavesAndABeatWithIt() {
        assertThat(Rig.streaming().begin().wait(TEN).did())
                .containsExactly("ask main by original", "commit", "heartbeat");
    }

    @Test
    void whileNothingIsWritten() {
        Rig rig = Rig.streaming().begin().begins("Once");
        rig.did();

        assertThat(rig.wait(Duration.ofSeconds(35)).did())
                .containsExactly("heartbeat", "heartbeat", "heartbeat");
    }

    @Test
    void whatIsWrittenCounts() {
        Rig rig =
                Rig.streaming().begin().begins("Once").wait(Duration.ofSeconds(9)).goesOn(" upon");
        rig.did();

        assertThat(rig.wait(Duration.ofSeconds(9)).did()).isEmpty();
    }

    @Test
    void whileAToolCallIsHeld() {
        Rig rig = Rig.streaming().begin().begins("See:").ends(0).beginsCall(1, "now", "{");
        rig.did();

        assertThat(rig.wait(TEN).did()).containsExactly("heartbeat");
    }

    @Test
    void whileADecisionTakesItsTime() {
        Rig rig = Rig.streaming().begin().begins("Once").hesitates().breaksOff();
        rig.did();

        assertThat(rig.wait(TEN).did()).containsExactly("heartbeat");
    }

    @Test
    void notInAnAnswerThatIsAssembled() {
        Rig rig = Rig.streaming().plain().begin().wait(Duration.ofSeconds(60));

        assertThat(rig.did()).containsExactly("ask main by original");
    }
}
