package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * When the client leaves its upstream is cancelled at once, in every phase, and nothing new starts.
 */
class ClientGoneEndsEverythingTest {

    @Test
    void whileItWaitsForTheHead() {
        Rig rig = Rig.streaming().begin();
        rig.did();

        assertThat(rig.clientLeaves().did()).containsExactly("cancel 1", "abandon");
    }

    @Test
    void whileItReads() {
        Rig rig = Rig.streaming().begin().begins("Once");
        rig.did();

        assertThat(rig.clientLeaves().did()).containsExactly("cancel 1", "abandon");
    }

    @Test
    void whileAContinuationHasNotJoined() {
        Rig rig = Rig.streaming().begin().begins("Once upon a time").breaksOff().begins("Once");
        rig.did();

        assertThat(rig.clientLeaves().did()).containsExactly("cancel 2", "abandon");
    }

    @Test
    void whileADecisionIsOut() {
        Rig rig = Rig.streaming().begin().begins("Once").hesitates().breaksOff();
        rig.did();

        assertThat(rig.clientLeaves().did()).containsExactly("abandon");
        assertThat(rig.decides(new Decision.Proceed()).did()).isEmpty();
    }

    @Test
    void afterwardsNothingCounts() {
        Rig rig = Rig.streaming().begin().begins("Once").clientLeaves();
        rig.did();

        assertThat(rig.goesOn(" upon").breaksOff().clientTakes(true).did()).isEmpty();
    }
}
