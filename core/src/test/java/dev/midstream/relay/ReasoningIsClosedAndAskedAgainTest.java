package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.StreamEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where only reasoning is out it is closed properly, and the original request is asked again. */
class ReasoningIsClosedAndAskedAgainTest {

    @Test
    void theNewReasoningIsANewBlock() {
        Rig rig = Rig.streaming().begin().opens().thinks("Hm").breaksOff();

        assertThat(rig.did())
                .containsExactly(
                        "ask main by original",
                        "commit",
                        "open",
                        "start 0 REASONING",
                        "0: Hm",
                        "end 0",
                        "ask other by original");
        assertThat(rig.opens().thinks("So").did()).containsExactly("start 1 REASONING", "1: So");
    }

    @Test
    void reasoningBehindTextIsClosedToo() {
        Rig rig = Rig.streaming().begin().begins("The bridge is old.").ends(0);
        rig.says(StreamEvent.BlockStarted.of(1, 0, BlockKind.REASONING));
        rig.says(new StreamEvent.Delta(1, "Hm")).did();

        assertThat(rig.breaksOff().did()).containsExactly("end 1", "ask other by user_turn");
    }

    @Test
    void theReasoningOfAContinuationIsNotShown() {
        Rig rig = Rig.streaming().begin().begins("The bridge is old and long").breaksOff();
        rig.did();

        assertThat(rig.opens().thinks("They want more").did()).isEmpty();
    }

    @Test
    void theReasoningOfAContinuationIsProgress() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.clocks(Duration.ofSeconds(30)))
                        .begin()
                        .begins("The bridge is old and long")
                        .breaksOff()
                        .opens()
                        .thinks("They")
                        .wait(Duration.ofSeconds(20))
                        .goesOn(" want")
                        .wait(Duration.ofSeconds(20));

        assertThat(rig.did()).doesNotContain("cancel 2");
    }
}
