package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Openings are held until there is content, so that an early error can be a real HTTP status. */
class OpeningIsHeldUntilTheFirstContentTest {

    @Test
    void anOpeningAloneDoesNotLeave() {
        assertThat(Rig.streaming().begin().opens().did()).containsExactly("ask main by original");
    }

    @Test
    void itLeavesWithTheFirstContent() {
        Rig rig = Rig.streaming().begin().begins("Once");

        assertThat(rig.did())
                .containsExactly(
                        "ask main by original", "commit", "open", "start 0 TEXT", "0: Once");
    }

    @Test
    void itLeavesWhenTheCommitIsDue() {
        Rig rig = Rig.streaming().begin().opens().wait(Duration.ofSeconds(10));

        assertThat(rig.did())
                .containsExactly("ask main by original", "commit", "open", "heartbeat");
    }

    @Test
    void aSecondAttemptOpensNothingAgain() {
        Rig rig = Rig.streaming().begin().opens().wait(Duration.ofSeconds(10)).breaksOff();
        rig.did();

        assertThat(rig.begins("Once").did()).containsExactly("start 0 TEXT", "0: Once");
    }

    @Test
    void theOpeningOfAnAttemptThatBrokeIsForgotten() {
        Rig rig = Rig.streaming().begin().opens().breaksOff().begins("Once");

        assertThat(rig.did())
                .containsExactly(
                        "ask main by original",
                        "ask other by original",
                        "commit",
                        "open",
                        "start 0 TEXT",
                        "0: Once");
    }
}
