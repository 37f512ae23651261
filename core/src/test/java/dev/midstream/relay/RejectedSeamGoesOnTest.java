package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.FinishReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What cannot be joined is dropped, and somebody else is asked; nothing of it reaches the client.
 */
class RejectedSeamGoesOnTest {

    private static final String SAID = "The bridge was built in the year of the flood";

    @Test
    void anAnchorThatComesBackJoins() {
        Rig rig = Rig.streaming().begin().begins(SAID).breaksOff();
        rig.did();

        assertThat(rig.begins(SAID + ", and it still stands.").finishes().did())
                .containsExactly("0: , and it still stands.", "end 0", "stop STOP", "finish");
    }

    @Test
    void aRefusalIsDropped() {
        Rig rig = Rig.streaming().begin().begins(SAID).breaksOff();
        rig.did();

        assertThat(rig.begins("I'm sorry, but I can't help with that request.").did())
                .containsExactly("cancel 2", "ask main by user_turn");
    }

    @Test
    void aDigressionIsDropped() {
        Rig rig = Rig.streaming().begin().begins(SAID).breaksOff();
        rig.did();

        assertThat(rig.begins("Penguins swim.").did())
                .containsExactly("cancel 2", "ask main by user_turn");
    }

    @Test
    void wordsOfItsOwnAreDroppedAfterThreeSeconds() {
        Rig rig = Rig.streaming().begin().begins(SAID).breaksOff().begins("Sure, continuing:");
        rig.did();

        assertThat(rig.wait(Duration.ofSeconds(2)).did()).isEmpty();
        assertThat(rig.wait(Duration.ofSeconds(1)).did())
                .containsExactly("cancel 2", "ask main by user_turn");
    }

    @Test
    void aGoodEndBeforeTheProofIsNone() {
        Rig rig = Rig.streaming().begin().begins(SAID).breaksOff();
        rig.did();

        assertThat(rig.opens().stops(FinishReason.STOP).did())
                .containsExactly("cancel 2", "ask main by user_turn");
    }

    @Test
    void neitherBehindABlockThatHadEnded() {
        Rig rig = Rig.streaming().begin().begins(SAID).ends(0).breaksOff();
        rig.did();

        assertThat(rig.opens().stops(FinishReason.STOP).did())
                .containsExactly("cancel 2", "ask main by user_turn");
    }

    @Test
    void inTheEndTheFirstFailureSurfaces() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0))
                        .begin()
                        .begins(SAID)
                        .breaksOff()
                        .begins("I'm sorry, but I can't help with that request.");

        assertThat(rig.did()).endsWith("cancel 2", "fail 502 cut");
    }
}
