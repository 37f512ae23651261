package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.FinishReason;
import dev.midstream.model.StreamEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An answer of several choices is whole only with all of them. */
class SeveralChoicesAreOneAnswerTest {

    private static Rig two() {
        return Rig.streaming().choices(2).begin();
    }

    private static Rig bothBegin(Rig rig) {
        return rig.opens()
                .says(StreamEvent.BlockStarted.text(0, 0), new StreamEvent.Delta(0, "One"))
                .says(StreamEvent.BlockStarted.text(1, 1), new StreamEvent.Delta(1, "Two"));
    }

    @Test
    void anAttemptThatIsAskedAgainGivesAllOfThem() {
        Rig rig = two().opens().wait(Duration.ofSeconds(10)).breaksOff();
        rig.did();

        assertThat(bothBegin(rig).did())
                .containsExactly("start 0 TEXT", "0: One", "start 1 TEXT", "1: Two");
    }

    @Test
    void theEndOfOneLeavesTheOthersOpen() {
        Rig rig = bothBegin(two());
        rig.did();

        assertThat(
                        rig.says(
                                        new StreamEvent.BlockEnded(1),
                                        new StreamEvent.ChoiceEnded(1, FinishReason.STOP, null))
                                .goesOn(" more")
                                .did())
                .containsExactly("end 1", "stop STOP", "0:  more");
    }

    @Test
    void aPauseAfterTheFirstIsNoEnd() {
        Rig rig = two().begins("One").ends(0);
        rig.says(new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null)).did();

        assertThat(rig.wait(Duration.ofSeconds(9)).did()).isEmpty();
    }

    @Test
    void textOfSeveralIsNotContinued() {
        assertThat(bothBegin(two()).breaksOff().did()).endsWith("fail 502 cut");
    }
}
